"""One noun, one file; a view reads the request, calls one use case and answers."""

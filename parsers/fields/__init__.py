"""One file per kind of field: each offers readings of a run of tokens and settles them into values."""

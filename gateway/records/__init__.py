"""The records: what is kept, one noun a file, and the moves each status may make."""

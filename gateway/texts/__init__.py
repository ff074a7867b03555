"""What we answer by text message, per language, as data; and how much room a text takes."""

"""What people may say in a message: its words, values and places, as data with a reader beside it."""

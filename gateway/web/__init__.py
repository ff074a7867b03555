"""The public application: takes in what providers hand over, and can read none of it."""

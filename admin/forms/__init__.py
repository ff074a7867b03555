"""What officers fill in, turned into values; the rules about them live in the use cases."""

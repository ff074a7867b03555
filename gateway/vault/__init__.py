"""Keys, the seal on what comes in, the encryption of single fields, and the blind index of numbers."""

"""One file per provider, all behind one contract; what differs between providers stays in its file."""

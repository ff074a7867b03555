"""The officers' application: pages, and nothing that decides."""

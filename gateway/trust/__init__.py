"""Who is at the desk, what they may see and do, and the trace that it leaves."""

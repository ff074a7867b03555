"""The use cases: plain functions that are told what, who and when, and leave the commit to their caller."""

"""Lists of places from outside, made part of the deployment's own gazetteer: read, understood, joined, written."""

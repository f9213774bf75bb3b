"""Approximate nearest neighbour peers, each in a process of its own: same vectors, same filters, one thread."""

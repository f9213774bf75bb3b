"""Feeds: sources of postings that keep coming, each a small file; what a run of one reads, keeps and closes."""

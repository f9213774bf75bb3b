"""Postings of other boards to jobs."""

"""Organisations, their postings, and applications for them. Functions take an open connection."""

"""Measurements: each runs its peers in the same run, writes raw JSON and prints a table."""

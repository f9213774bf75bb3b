"""Snapshots of the training data, their checks and drift."""

"""Searches that people keep, and the new jobs that they are told of."""

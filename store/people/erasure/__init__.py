"""Erasing a person from everything that is stored."""

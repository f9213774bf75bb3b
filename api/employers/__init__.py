"""The employers' routes."""

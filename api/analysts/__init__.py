"""The analysts' routes."""

"""The seekers' routes."""

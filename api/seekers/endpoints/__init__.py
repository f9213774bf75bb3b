"""The routes of seekers."""

"""What the routes of seekers do."""

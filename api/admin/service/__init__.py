"""What the routes of administrators do."""

"""What the routes of employers do."""

"""What the routes of recommendations take and return."""

"""What the routes of accounts take and return."""

"""What the routes of partners do."""

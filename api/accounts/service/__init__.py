"""What the routes of accounts do."""

"""What the routes of recommendations do."""

"""What the routes of partner apps take and return."""

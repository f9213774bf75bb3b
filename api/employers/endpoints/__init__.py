"""The routes of employers."""

"""The routes of administrators."""

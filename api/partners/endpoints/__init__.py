"""The routes of partner apps."""

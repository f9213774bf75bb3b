"""The partner apps' routes."""

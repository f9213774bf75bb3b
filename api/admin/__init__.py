"""The administrators' routes."""

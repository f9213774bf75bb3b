"""What administrators send and read."""

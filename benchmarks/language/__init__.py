"""The language body beside its peers."""

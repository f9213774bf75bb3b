"""The word index beside its peers."""

"""Tells people by mail of new jobs for the searches that they keep: `chamba alerts`."""

"""Tells people by mail or by message of new jobs for the searches that they keep: `chamba alerts`."""

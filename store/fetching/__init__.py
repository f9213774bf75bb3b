"""Fetching what is not ours, safely: public addresses alone, at a rate a host bears, within caps."""

"""Private contacts in free text, found and masked; begin with `words.py`."""

"""One file a revision, `NNNN_what_it_does.py`; the last by name is the head."""

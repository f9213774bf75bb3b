"""Programmes as everybody sees them: their rules beforehand, and what several audiences are answered of them."""

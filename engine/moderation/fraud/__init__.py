"""Signs of fraudulent and unlawful job offers; begin with `signs.py`."""

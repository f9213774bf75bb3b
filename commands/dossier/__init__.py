"""The impact record that DS 115-2025-PCM asks for, from real figures; begin with `record.py`."""

"""A person's weekly free hours from an iCalendar file (RFC 5545, RFC 7953) and back; begin with `availability.py`."""

"""Calendars (iCalendar, RFC 5545) to weekly free hours."""

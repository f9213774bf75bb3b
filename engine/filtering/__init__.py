"""Which jobs pass a filter, and how schedules fit."""

"""Programmes with their versions and officers, what people were answered, and trying rules before they hold."""

"""The nearest jobs that pass."""

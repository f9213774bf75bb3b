"""Recommendations: the hot path, batches, people for a job."""

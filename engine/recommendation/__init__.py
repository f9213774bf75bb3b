"""Whole answers: jobs for a person, for many people, people for a job."""

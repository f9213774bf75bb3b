"""A made-up world of remote jobs, seekers and placements, the same for the same seed."""

"""What towers learn from: pairs, weights, splits, other people's data."""

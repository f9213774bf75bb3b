"""`chamba bench relevance`: how well the towers find what belongs together, each row beside its peers in one run."""

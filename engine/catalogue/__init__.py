"""The jobs of a bundle as columns, cards, skills and words."""

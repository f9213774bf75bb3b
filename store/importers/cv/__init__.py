"""CV files as people send them: what they are, by their content, and what must not be in them."""

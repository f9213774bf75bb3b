"""Who calls: passwords, tokens, partner keys."""

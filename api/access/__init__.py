"""Who asks, and whether they may: passwords, tokens, keys, and the one rule that each route has."""

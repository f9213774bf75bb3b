"""Partner apps: who they are, their keys and what they used, what they tell us and what they are told."""

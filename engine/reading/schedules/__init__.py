"""Working hours in words: which days, from when to when, which shifts, how much a week, by whose clock."""

"""Pages of accounts: signing up, logging in and out, and what belongs to an account."""

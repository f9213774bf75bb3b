"""Accounts: sign-up, log-in, own data."""

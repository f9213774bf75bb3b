"""Accounts and what belongs to them. Functions take an open connection; private values go through a cipher."""

"""Pages of administrators: what waits, cases, ads, organisations, accounts, partners, programmes and the audit log."""

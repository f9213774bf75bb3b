"""What every route shares: bodies, idempotency, OpenAPI."""

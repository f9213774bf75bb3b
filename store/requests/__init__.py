"""What is kept of requests: attempts, idempotent answers."""

"""What goes out: mails and webhooks, signed, retried, only to addresses of the open internet."""

"""What the routes stand on: services, settings, the journal of answers."""

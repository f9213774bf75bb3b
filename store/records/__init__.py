"""Jobs, people and events for whoever works with the whole store."""

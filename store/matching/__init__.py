"""Jobs, profiles, vectors and events: what matching reads."""

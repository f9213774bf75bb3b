"""In which language somebody is answered, and what messages are in Spanish."""

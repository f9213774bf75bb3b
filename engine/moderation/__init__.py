"""What may not stand in a text: contacts, fraud."""

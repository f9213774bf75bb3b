"""What an ad says in words, read: hours, pay, place, and the terms that the engine works with."""

"""What each door does behind its routes."""

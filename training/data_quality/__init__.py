"""What must hold of a snapshot before anything is trained on it: named queries that return the rows at fault."""

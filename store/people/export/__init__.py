"""Everything that is stored about a person, to take along."""

"""What people are told, each kind of notice written once: its words, its links, who gets it and who chose not to."""

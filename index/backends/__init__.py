"""Engines of nearest-neighbour search, behind one protocol: exact search, and search through inverted lists."""

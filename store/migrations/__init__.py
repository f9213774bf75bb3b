"""Alembic's home: `env.py` runs the files of `versions/`, whose names are their revision ids."""

"""Importers: a file of postings and a source's mapping become jobs. `pipeline.import_jobs` is the way in."""

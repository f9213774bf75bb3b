"""The analyst's tables: pseudonymous Parquet snapshots of the store, questions to them, and a report."""

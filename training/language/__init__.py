"""The language of work: tuning the shared body on occupations and postings."""

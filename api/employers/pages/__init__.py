"""Pages of people who offer work: their organisations, jobs, people who may be found, and applications."""

"""Pages of people who seek work: three steps to an answer, the jobs, and what they do with them."""

"""How well signs of fraudulent and unlawful offers are found, and how often an honest real ad has one."""

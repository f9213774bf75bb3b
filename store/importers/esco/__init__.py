"""Reading a folder of ESCO's CSV download: the European classification of skills and occupations."""

"""Steps towards a skill that ads ask for, by the classification of skills and occupations that an operator compiled."""

"""Officers of programmes: publish rules, see who can enter and agreed to be known, decide what people contest."""

"""Pages of officers: their programmes' rules, who may enter and agreed to be known, and what people contest."""

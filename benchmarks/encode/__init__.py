"""`chamba bench encode`: our encoder beside others that hold the same weights, each in a process of its own."""

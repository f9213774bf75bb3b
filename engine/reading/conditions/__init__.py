"""How a job is done, by the words of its posting: where, full or part time, under which contract."""

"""Whether what is told of a match is true: judged answers, how they calibrate relevance, and the floor of a match."""

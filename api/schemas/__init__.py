"""The shapes of requests and answers. Those of jobs and people are `engine.documents`, which are stored too."""

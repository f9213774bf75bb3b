"""The addresses, a file a subject. Routes read, call and answer; they decide nothing."""

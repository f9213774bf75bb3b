"""`chamba bench http`: what serving costs over the engine, latency under load, and what happens beyond capacity."""

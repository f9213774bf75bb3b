"""`chamba bench search`: filtered nearest-job search beside its peers, on real vectors grown to any size."""

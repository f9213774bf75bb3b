"""Job vectors: bundle layout, the build job, nearest-neighbour backends, loading and swapping bundles."""

"""Job vectors: bundle layout, the build job, FAISS search, the exact oracle, loading and swapping bundles."""

"""The learned reranker: its questions, fit, choice and export."""

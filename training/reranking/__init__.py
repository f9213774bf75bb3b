"""The learned reranker: its query groups, fit, model selection and export."""

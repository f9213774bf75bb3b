"""The matching itself: domain types, availability, encoder runtime, recommend, rerank, explain, measures.

Nothing here knows the web, FAISS, SQL or TensorFlow.
"""

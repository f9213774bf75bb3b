"""Jobs and seekers as JSON documents, each defined once: for the API, the store, imports and snapshots.

Ids live outside the document, and what is not known is left out of it.
"""

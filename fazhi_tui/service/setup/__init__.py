"""A new tracker without a document, and what an existing one needs for review."""

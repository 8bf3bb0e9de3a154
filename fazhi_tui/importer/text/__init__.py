"""The text of a document before anything is recognised in it."""

"""The audit of the record."""

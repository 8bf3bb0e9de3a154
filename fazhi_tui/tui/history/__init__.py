"""The record, what changed, an earlier state."""

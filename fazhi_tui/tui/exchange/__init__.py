"""The exchange with others."""

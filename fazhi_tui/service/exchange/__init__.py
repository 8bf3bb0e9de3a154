"""Exchange with others: server, review, files."""

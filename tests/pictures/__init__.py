"""The screen as pictures: kept as text with colours, compared in tests, painted for the documents."""

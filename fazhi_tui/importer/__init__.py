"""A document to a plan: read, clean, put in order, split, clauses, items; with a person's corrections."""

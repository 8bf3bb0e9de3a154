"""Kinds of note, what each may do to the status of a measure, and where that leaves it."""

"""Kinds of note and what each may do to the status of a measure."""

"""Deadlines, periods, occurrences, lights.  Pure: ``today`` is always handed in."""

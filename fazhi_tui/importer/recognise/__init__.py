"""Headings, measures, items and the period, recognised in the text."""

"""Reports: prepared, filed one or several at once, undone; drafts, templates, evidence."""

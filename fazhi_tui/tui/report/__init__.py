"""From the key to the commit: form, drafts, preview."""

"""The detail of the entry under the cursor."""

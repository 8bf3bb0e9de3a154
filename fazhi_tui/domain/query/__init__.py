"""The filter language (DESIGN.md, section 6): one for the filter bar, the command line and saved views."""

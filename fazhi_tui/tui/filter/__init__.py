"""The filter bar, its suggestions, the facets."""

"""The only place that knows git."""

"""Text in terminal cells: width, cutting, wrapping, control characters made visible."""

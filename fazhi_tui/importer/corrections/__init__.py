"""What a person decided about one source: the corrections file."""

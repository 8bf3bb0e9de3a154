"""Reading and writing YAML: the only place that knows the YAML library."""

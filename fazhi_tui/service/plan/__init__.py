"""Changes of the plan itself, and of the views saved beside it."""

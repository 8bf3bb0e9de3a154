"""The one table of what can be done, in every screen."""

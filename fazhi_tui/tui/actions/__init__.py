"""What can be done in every screen, with which keys: one module a screen, put together in ``table.py``."""

"""``fazhi demo``: a throw-away repository with four years of example history."""

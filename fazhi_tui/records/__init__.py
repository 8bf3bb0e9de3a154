"""Plain text on disk: reading, checking and writing the plan, the units and the notes."""

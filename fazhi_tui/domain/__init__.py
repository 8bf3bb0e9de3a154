"""What everything is about: pure values and rules; no file, no process, no clock."""

"""What one person has set or used, outside the work tree."""

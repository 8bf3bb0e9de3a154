"""The rules of ``fazhi check``."""

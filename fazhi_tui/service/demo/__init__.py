"""The example of ``fazhi demo``."""

"""The values: frozen dataclasses and enumerations; keyed fields name their key in the files."""

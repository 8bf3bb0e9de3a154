"""The Textual interface (DESIGN.md, section 7).  Only this room imports textual."""

"""A document to a plan: read, clean, put in order, split, clauses, items; with a person's corrections.

The public face is :func:`load_corrections`, :func:`convert` and :func:`render`.
"""

from fazhi_tui.importer.convert import convert
from fazhi_tui.importer.corrections import Corrections
from fazhi_tui.importer.corrections_file import load_corrections, parse_corrections
from fazhi_tui.importer.errors import CorrectionError, SourceError
from fazhi_tui.importer.render import render
from fazhi_tui.importer.result import Imported, LogEntry, LogKind, Placed

__all__ = [
    "CorrectionError",
    "Corrections",
    "Imported",
    "LogEntry",
    "LogKind",
    "Placed",
    "SourceError",
    "convert",
    "load_corrections",
    "parse_corrections",
    "render",
]

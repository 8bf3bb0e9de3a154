"""The filter language (DESIGN.md, section 6): one for the filter bar, the command line and saved views.

``syntax`` reads signs, quotes and commas; ``fields`` is the table of fields; ``values`` says what a
value asks; ``prepared`` makes rows quick to ask; ``language`` puts them together; ``counting`` counts what a
query keeps and would keep; ``completing`` says what may be typed next, out of what ``present`` holds (both of
these are imported by name: a list needs neither).
"""

from __future__ import annotations

from fazhi_tui.query.counting import Sifted, tally
from fazhi_tui.query.fields import FIELDS, Field, field_named
from fazhi_tui.query.language import Query, Term, parse, values_of, with_term, without_field, words_of
from fazhi_tui.query.prepared import Prepared, prepare
from fazhi_tui.query.syntax import Value, quote
from fazhi_tui.query.values import Context

__all__ = [
    "FIELDS",
    "Context",
    "Field",
    "Prepared",
    "Query",
    "Sifted",
    "Term",
    "Value",
    "field_named",
    "parse",
    "prepare",
    "quote",
    "tally",
    "values_of",
    "with_term",
    "without_field",
    "words_of",
]

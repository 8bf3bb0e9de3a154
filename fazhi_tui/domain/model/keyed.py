"""A dataclass field that lies on disk under a Chinese key."""

from __future__ import annotations

import dataclasses
from dataclasses import field
from typing import Any


def keyed(
    key: str,
    doc: str,
    *,
    default: Any = dataclasses.MISSING,
    block: bool = False,
    kw_only: bool = False,
    bare: bool = False,
    explicit: bool = False,
    **schema: Any,
) -> Any:
    """A dataclass field that lies on disk under ``key``.

    ``doc`` is the Chinese description that goes into the JSON Schema and editor hovers.
    A field without ``default`` is required.  ``block`` asks for a literal block scalar
    (one sentence a line).  ``kw_only`` lets a field with a default stand before required ones: the
    order of fields is the order in the files.  ``bare`` lets a text that looks like a number stand without
    quotes.  ``explicit``: an empty value is written, and means that there was none.  Further keywords
    (``pattern``, ``minimum`` …) go to the schema as they are.
    """
    return field(
        default=default,
        kw_only=kw_only,
        metadata={
            "key": key,
            "doc": doc,
            "block": block,
            "bare": bare,
            "explicit": explicit,
            "schema": schema,
        },
    )


def line_number(key: str = "") -> Any:
    """A field that is not written: the reader puts the line there on which the mapping begins.

    With ``key`` it is the line of that key's value, the mapping's own where the key is not written.
    """
    return field(default=0 if key else dataclasses.MISSING, kw_only=bool(key), metadata={"line_of": key})

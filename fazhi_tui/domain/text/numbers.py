"""The numbers of measures and items: by what they are put in order."""

from __future__ import annotations


def number_key(number: str) -> tuple[int, ...]:
    """The sort key of a number: ``2``, ``2-3``, ``3``, ``28``, ``28.1``; other parts are passed over.

    The empty number, as of a file that could not be read, comes first.
    """
    return tuple(int(part) for part in number.replace(".", "-").split("-") if part.isdecimal())

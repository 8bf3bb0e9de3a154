"""The machine's part of a commit message: ``Key: value`` lines in its last paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType

from fazhi_tui.domain.text.visible import one_line

#: Trailer in the commit → field of :class:`fazhi_tui.domain.model.repository.Event` (DESIGN.md, section 4).
TRAILERS = MappingProxyType(
    {
        "Measure": "measure",
        "Item": "item",
        "Unit": "unit",
        "Kind": "kind",
        "Status": "status",
        "Undoes": "undoes",
    }
)

#: The ``Kind`` of a commit that takes another one back.
UNDO_KIND = "撤销"

Trailers = tuple[tuple[str, str], ...]


def written_trailers(
    kind: str,
    *,
    measures: Iterable[str] = (),
    item: str | None = None,
    unit: str = "",
    undoes: str = "",
    status: tuple[str, str] | None = None,
) -> Trailers:
    """The trailers of an action's commit, names and values, in the order in which they are written.

    ``status`` is the one before and the one after; ``undoes`` the id of the commit that is taken back.
    """
    values = {
        "Measure": ", ".join(measures),
        "Item": item or "",
        "Unit": one_line(unit),
        "Kind": kind,
        "Undoes": undoes,
        "Status": " -> ".join(status) if status else "",
    }
    return tuple((name, value) for name, value in values.items() if value)


_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:(.*)", re.DOTALL)
# What `git cherry-pick -x` writes among the trailers.
_PICKED = "(cherry picked from commit "


def parse_trailers(message: str) -> dict[str, str]:
    """The trailers of fazhi in a commit message, by trailer name; the first of two with one name counts.

    They are read from one paragraph alone: the last, or, where a hook put trailers of its own into a
    paragraph after it, the last one that holds a trailer of fazhi.  So what a person typed into the
    message's text is never taken for a trailer as long as fazhi wrote its own below it.
    """
    paragraphs = _paragraphs_from_the_end(message)
    for paragraph in paragraphs:
        read = _read(paragraph)
        if read is None:
            return {}
        ours = {key: value for key, value in read.items() if key in TRAILERS}
        if ours:
            return ours
    return {}


def _paragraphs_from_the_end(message: str) -> list[list[str]]:
    """Paragraphs, last first, without the first of all: a subject is never a trailer."""
    paragraphs: list[list[str]] = [[]]
    for line in message.replace("\r\n", "\n").split("\n"):
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs[:0:-1] if paragraph]


def _read(paragraph: list[str]) -> dict[str, str] | None:
    """The trailers of a paragraph that holds nothing else, or None."""
    read: dict[str, str] = {}
    last = ""
    for line in paragraph:
        if line[0] in " \t" and last:
            read[last] += " " + line.strip()
            continue
        found = _LINE.fullmatch(line)
        if found:
            last = found[1]
            if last in read:
                last = ""
            else:
                read[last] = found[2].strip()
        elif not line.startswith(_PICKED):
            return None
    return read

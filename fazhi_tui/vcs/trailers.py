"""The machine's part of a commit message: ``Key: value`` lines in its last paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType

#: Trailer in the commit → field of :class:`Trailers`, in the order in which they are written.
TRAILERS = MappingProxyType(
    {
        "Measure": "measure",
        "Item": "item",
        "Unit": "unit",
        "Kind": "kind",
        "Undoes": "undoes",
        "Ratifies": "ratifies",
        "Status": "status",
    }
)
#: The same the other way round, for messages that have to name one.
NAME_OF = MappingProxyType({field: name for name, field in TRAILERS.items()})

_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:(.*)", re.DOTALL)
# What `git cherry-pick -x` writes among the trailers.
_PICKED = "(cherry picked from commit "


@dataclass(frozen=True, slots=True)
class Trailers:
    """What a commit says of itself for machines; empty texts for what it does not say.

    ``measure`` is one number or several, ``undoes`` the commit that it takes back, ``ratifies``
    the one whose faults it accepts, ``status`` as :func:`status_move` writes it.
    """

    measure: str = ""
    item: str = ""
    unit: str = ""
    kind: str = ""
    undoes: str = ""
    ratifies: str = ""
    status: str = ""

    @classmethod
    def parse(cls, message: str) -> Trailers:
        """Those of a commit's message."""
        return cls(**{TRAILERS[name]: value for name, value in parse_trailers(message).items()})

    @property
    def measures(self) -> tuple[str, ...]:
        """The numbers of the measures."""
        return split_measures(self.measure)

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def __str__(self) -> str:
        said = ((name, getattr(self, field)) for name, field in TRAILERS.items())
        return "\n".join(f"{name}: {value}" for name, value in said if value)


def join_measures(numbers: Sequence[str]) -> str:
    """Several measures in one trailer."""
    return ", ".join(numbers)


def split_measures(text: str) -> tuple[str, ...]:
    """The measures that one trailer names."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def status_move(before: str | None, after: str | None) -> str:
    """How a change of status is written; empty where there is none."""
    return f"{before} -> {after}" if before and after and after != before else ""


def commit_message(subject: str, body: str, trailers: Trailers) -> str:
    """The whole message: subject, body if any, trailers."""
    return "\n\n".join(part for part in (subject, body, str(trailers)) if part) + "\n"


def with_lines(message: str, lines: Sequence[str], trailers: Trailers) -> str:
    """A message with more lines before its trailers, each once; ``trailers`` are put where it has none."""
    head, blank, block = message.rpartition("\n\n")
    if not blank or not Trailers.parse(f"-\n\n{block}"):
        head, block = message, str(trailers)
    fresh = [line for line in lines if line not in head.split("\n")]
    return "\n\n".join([head, *(["\n".join(fresh)] if fresh else []), block])


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

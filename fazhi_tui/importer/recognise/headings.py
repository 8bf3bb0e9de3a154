"""Numbered headings at the beginning of paragraphs, and the tree that they make.

How a heading is numbered is data (:data:`STYLES`): a new way to number is one entry and one test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fazhi_tui.importer.times.numerals import to_int

_HAN = r"[〇零一二三四五六七八九十百]{1,6}"


@dataclass(frozen=True, slots=True)
class Style:
    """One way to number headings; ``rank`` tells what stands above what (0 is the highest)."""

    name: str
    rank: int
    pattern: re.Pattern[str]


STYLES: tuple[Style, ...] = (
    Style("第一编", 0, re.compile(rf"第(?P<number>{_HAN}|[0-9]{{1,3}})(?:编|篇|部分)[：、]?")),
    Style("第一章", 1, re.compile(rf"第(?P<number>{_HAN}|[0-9]{{1,3}})章[：、]?")),
    Style("第一节", 2, re.compile(rf"第(?P<number>{_HAN}|[0-9]{{1,3}})节[：、]?")),
    Style("第一条", 5, re.compile(rf"第(?P<number>{_HAN}|[0-9]{{1,3}})条[：、]?(?![、，第款项和至规的])")),
    Style("一、", 3, re.compile(rf"(?P<number>{_HAN})[、．.](?!{_HAN}[、，])")),
    Style("（一）", 4, re.compile(rf"[（〔](?P<number>{_HAN})[）〕][、．.]?")),
    Style("任务1", 6, re.compile(rf"(?:任务|举措|措施)(?P<number>{_HAN}|[0-9]{{1,3}})[：、．.]")),
    # A digit behind the point is a decimal or a date: 3.5, 2023.6; but not in 2.2024年底前.
    Style("1.", 6, re.compile(r"(?P<number>[0-9]{1,3})[.．、](?:(?![0-9])|(?=20[0-9]{2}年))")),
    # A measure that lost its number: the full stop stands before a word.
    Style("无编号", 6, re.compile(r"(?P<number>)[.．](?=[\u4e00-\u9fff“])")),
    Style("（1）", 7, re.compile(r"[（〔](?P<number>[0-9]{1,3})[）〕][、．.]?")),
    Style("1）", 8, re.compile(r"(?P<number>[0-9]{1,3})[）〕](?!、)")),
)
"""Every style, in the order in which they are tried; ranks are the usual order of nesting."""


@dataclass(slots=True, eq=False)
class Heading:
    """A heading: its label is ``start`` to ``stop``; its own text goes on up to ``end``.

    ``number`` is the printed one, 0 where it is lost; ``given`` is what a person wrote, if so.
    ``clauses`` counts the unit clauses of its own text, without those of the headings below it.
    """

    start: int
    stop: int
    rank: int
    number: int
    end: int = 0
    given: str | None = None
    clauses: int = 0
    parent: Heading | None = None
    children: list[Heading] = field(default_factory=list)

    def below(self) -> Iterator[Heading]:
        """Every heading below this one, in order."""
        for child in self.children:
            yield child
            yield from child.below()

    def above(self) -> Iterator[Heading]:
        """The headings above this one, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def all_clauses(self) -> int:
        """The unit clauses of this heading and of all below it."""
        return self.clauses + sum(node.clauses for node in self.below())


def find_headings(text: str, start: int = 0, stop: int | None = None) -> list[Heading]:
    """The numbered paragraphs of a text, in order; nothing is known of their places in a tree yet."""
    stop = len(text) if stop is None else stop
    found: list[Heading] = []
    at = start
    while at < stop:
        for style in STYLES:
            if match := style.pattern.match(text, at, stop):
                found.append(Heading(at, match.end(), style.rank, to_int(match["number"] or "0")))
                break
        line_end = text.find("\n", at, stop)
        at = stop if line_end < 0 else line_end + 1
    return found


def grow(headings: Sequence[Heading], stop: int) -> list[Heading]:
    """Give each heading its parent, its children and the end of its own text; gives the roots."""
    roots: list[Heading] = []
    path: list[Heading] = []
    for index, heading in enumerate(headings):
        heading.end = headings[index + 1].start if index + 1 < len(headings) else stop
        heading.children, heading.parent = [], None
        while path and path[-1].rank >= heading.rank:
            path.pop()
        if path:
            heading.parent = path[-1]
            path[-1].children.append(heading)
        else:
            roots.append(heading)
        path.append(heading)
    return roots

"""Unit clauses: （牵头单位：甲、乙；参加单位：丙，各县（市、区）人民政府按职责分工负责）.

The words are data in :mod:`vocabulary`; prefixes that are said once are the business of :mod:`prefixes`;
:mod:`reader` reads what a clause says.  Brackets inside names hold signs that part nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fazhi_tui.importer.clauses.reader import ClauseReader, expanded
from fazhi_tui.importer.clauses.values import NO_CONVENTION, Clause, Convention, FoundClause, lead_by_order
from fazhi_tui.importer.clauses.vocabulary import LABEL, PERSON, REMARK, TIME_LABEL
from fazhi_tui.importer.text.sentences import split_outside

_FIRST_IS_LEAD = re.compile(
    r"(?:(?:列|排|列在|排在|排名|列于)?(?:第一位|首位|第一)(?:者|的)?(?:责任)?(?:单位|部门)?|第一责任(?:单位|部门)|首个责任单位)"
    r"(?:为|是|即为|即)(?:本项(?:任务|工作)(?:的)?)?(?:牵头|主要责任|主责)(?:单位|部门)?"
)


def find_convention(text: str) -> Convention:
    """What the whole document says of the roles of its units."""
    return Convention(first_is_lead=bool(_FIRST_IS_LEAD.search(text)))


# ------------------------------------------------------------------ where clauses stand

_LONGEST = 800
_LABEL_PLACE = re.compile(
    rf"(?:^|(?<=[。；！？：\n）〕]))(?=(?:{PERSON.pattern})?{LABEL.pattern})", re.MULTILINE
)
_LONGEST_BARE = 2000
"""A clause without brackets is not looked for further than this: each label costs as much, however long
the line."""
_SQUARE = ("【", "[")
_PARTED = re.compile("[、，：；]")
_OPENING, _CLOSING = "（〔【[", "）〕】]"
_BRACKET = re.compile(r"[（〔【\[）〕】\]]")


def find_clauses(text: str, convention: Convention = NO_CONVENTION) -> tuple[FoundClause, ...]:
    """Every unit clause of one measure's body, in order.

    In brackets; behind a label, up to the line's end; or as a last sentence that only says who is
    responsible (市司法局牵头，市财政局配合。).
    """
    found: list[FoundClause] = []
    at = 0
    for start, stop in sorted(_candidates(text)):
        if start < at:
            continue
        ends_paragraph = re.match(r"[。；]?(?:\n|$)", text[stop : stop + 2]) is not None
        clause, doubts = _read(text[start:stop], at_end=ends_paragraph)
        if not clause.roles:
            continue
        if convention.first_is_lead:
            clause = lead_by_order(clause)
        if stop < len(text) and text[stop] in "。；" and (stop + 1 == len(text) or text[stop + 1] == "\n"):
            stop += 1
        found.append(FoundClause(start, stop, clause, doubts))
        at = stop
    return tuple(found)


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    groups = list(_groups(text))
    yield from groups
    inside = taken = 0
    for match in _LABEL_PLACE.finditer(text):
        at = match.start()
        while inside < len(groups) and groups[inside][1] <= at:
            inside += 1
        if at < taken or (inside < len(groups) and groups[inside][0] <= at):
            continue
        taken = _label_end(text, at)
        yield at, taken
    for line in re.finditer(r"[^\n]+", text):
        sentence = re.search(r"(?:^|(?<=[。！？]))[^。！？]{3,300}[。]?$", line.group())
        if sentence and LABEL.match(sentence.group()) is None and sentence.group()[:1] not in _OPENING:
            yield line.start() + sentence.start(), line.start() + sentence.end()


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """The outermost bracketed stretches, brackets included; one that never closes hides none."""
    closing = _closings(text)
    at = 0
    for start, stop in closing.items():
        if start < at or (text[start] in _SQUARE and not _PARTED.search(text, start, stop)):
            continue  # 【责任单位】 alone is a label
        if 0 <= stop - start < _LONGEST:
            yield start, stop + 1
            at = stop + 1
        elif LABEL.match(text, start + 1):
            # A clause whose bracket was lost ends with its line.
            line_end = text.find("\n", start)
            at = len(text) if line_end < 0 else line_end
            yield start, at


def _closings(text: str) -> dict[int, int]:
    """Where each opening bracket closes, in the order of the openings; -1 for one that never does."""
    closing: dict[int, int] = {}
    waiting: list[int] = []
    for match in _BRACKET.finditer(text):
        if match.group() in _OPENING:
            closing[match.start()] = -1
            waiting.append(match.start())
        elif waiting:
            closing[waiting.pop()] = match.start()
    return closing


def _label_end(text: str, at: int) -> int:
    """Where a clause without brackets ends: at the line's end, or where a time or prose begins."""
    end = text.find("\n", at)
    end = min(len(text) if end < 0 else end, at + _LONGEST_BARE)
    time = TIME_LABEL.search(text, at, end)
    if time:
        return time.start()
    for _, stop in split_outside(text[at:end], "。"):
        following = at + stop + 1
        if following < end and not LABEL.match(text, following):
            return following
    return end


# ------------------------------------------------------------------ what a clause says


def parse_clause(text: str) -> Clause:
    """What a clause says.  Nothing is raised: a clause that says nothing gives no roles."""
    return _read(text)[0]


def _read(text: str, *, at_end: bool = False) -> tuple[Clause, tuple[str, ...]]:
    """What a clause says.  ``at_end``: it closes a paragraph, where a bracket of names alone is one."""
    inner = text.strip("。；，\n ")
    squared = inner[:1] in _SQUARE and inner[-1:] in _CLOSING
    inner = inner[1:-1] if squared else inner.strip("【】")
    bracketed = squared or inner[:1] in _OPENING
    if bracketed and not squared:
        closes = len(re.findall("[（〔]", inner)) <= len(re.findall("[）〕]", inner))
        inner = inner[1:].removesuffix("）").removesuffix("〕") if closes else inner[1:]
    inner = PERSON.sub("", REMARK.sub("", inner))
    reader = ClauseReader()
    labelled = bool(LABEL.search(inner))
    for start, stop in split_outside(inner, "；;。\n"):
        reader.part(inner[start:stop])
    reader.finish(labelled=labelled)
    if not reader.roles or not (
        labelled
        or reader.looks_like_units(bracketed=bracketed)
        or (bracketed and at_end and reader.names_alone())
    ):
        return Clause(), ()
    roles, printed = expanded(reader.roles)
    return Clause(tuple(roles), printed, "，".join(reader.times)), tuple(reader.doubts)


# ------------------------------------------------------------------ a text without line breaks


def find_clause(text: str) -> tuple[int, int] | None:
    """Where the unit clause of a running text stands: from its first label, or the bracket around it, on.

    A bracketed clause ends with its bracket; a bare one, as where the brackets were lost, at the end of
    its line.  None where there is no label.
    """
    starts = [at for label in ("牵头单位", "参加单位", "责任单位") if (at := text.find(f"{label}：")) >= 0]
    if not starts:
        return None
    start = min(starts)
    line_end = text.find("\n", start)
    stop = len(text) if line_end < 0 else line_end
    if start and text[start - 1] == "（":
        start -= 1
        depth = 0
        for index in range(start, stop):
            depth += {"（": 1, "）": -1}.get(text[index], 0)
            if depth == 0:
                return start, index + 1
    return start, stop

"""Unit clauses: （牵头单位：甲、乙；参加单位：丙，各县（市、区）人民政府按职责分工负责）.

The words are data in :mod:`unit_words`; prefixes that are said once are the business of
:mod:`prefixes`.  Brackets inside names hold signs that part nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fazhi_tui.importer.prefixes import expand, prefix_of
from fazhi_tui.importer.sentences import split_outside
from fazhi_tui.importer.unit_words import (
    BY,
    COLLECTIVES,
    DUTIES,
    JOINTLY,
    LABEL,
    LABEL_ROLES,
    NAME,
    NOT_A_NAME,
    OPEN_LIST,
    PERSON,
    REMARK,
    TIME_LABEL,
    VERBS,
)
from fazhi_tui.model import Role


@dataclass(frozen=True, slots=True)
class RoleUnits:
    """The units of one role in the document's order; where 按职责分工 and 等部门 are said."""

    role: Role
    units: tuple[str, ...]
    by_duties: bool = False
    open_after: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Everything one unit clause says.

    ``printed`` maps a name that got a prefix said once for several (省商务厅) to what is printed (商务厅).
    ``time`` are the words of a deadline that stands among the units.
    """

    roles: tuple[RoleUnits, ...] = field(default=())
    printed: Mapping[str, str] = field(default_factory=dict)
    time: str = ""

    def units(self, role: Role) -> tuple[str, ...]:
        """The names in one role, each once, in the document's order."""
        return tuple(dict.fromkeys(n for part in self.roles if part.role is role for n in part.units))

    @property
    def by_duties(self) -> bool:
        """Whether 按职责分工 is said anywhere in the clause."""
        return any(part.by_duties for part in self.roles)

    @property
    def open_list(self) -> bool:
        """Whether 等部门 is said anywhere in the clause."""
        return any(part.open_after is not None for part in self.roles)


@dataclass(frozen=True, slots=True)
class Convention:
    """What a document says once and means from then on: 列第一位者为牵头单位，下同."""

    first_is_lead: bool = False


@dataclass(frozen=True, slots=True)
class FoundClause:
    """One clause in a text: its stretch, what it says, and what is doubtful about it."""

    start: int
    stop: int
    clause: Clause
    doubts: tuple[str, ...] = ()


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
_OPENING, _CLOSING = "（〔【[", "）〕】]"
_BRACKET = re.compile(r"[（〔【\[）〕】\]]")


def find_clauses(text: str, convention: Convention = Convention()) -> tuple[FoundClause, ...]:
    """Every unit clause of one measure's body, in order.

    In brackets; behind a label, up to the line's end; or as a last sentence that only says who is
    responsible (市司法局牵头，市财政局配合。).
    """
    found: list[FoundClause] = []
    at = 0
    for start, stop in sorted(_candidates(text)):
        if start < at:
            continue
        clause, doubts = _read(text[start:stop], at_end=_ends_paragraph(text, stop))
        if not clause.roles:
            continue
        if convention.first_is_lead:
            clause = lead_by_order(clause)
        if stop < len(text) and text[stop] in "。；" and (stop + 1 == len(text) or text[stop + 1] == "\n"):
            stop += 1
        found.append(FoundClause(start, stop, clause, doubts))
        at = stop
    return tuple(found)


def _ends_paragraph(text: str, stop: int) -> bool:
    return re.match(r"[。；]?(?:\n|$)", text[stop : stop + 2]) is not None


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
        if sentence and LABEL.match(sentence.group()) is None and not _is_bracketed(sentence.group()):
            yield line.start() + sentence.start(), line.start() + sentence.end()


def _is_bracketed(text: str) -> bool:
    return text[:1] in _OPENING


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
    for start, stop in split_outside(text[at:end], "。"):
        following = at + stop + 1
        if following < end and not LABEL.match(text, following):
            return following
        del start
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
    bracketed = squared or _is_bracketed(inner)
    if bracketed and not squared:
        inner = inner[1:].removesuffix("）").removesuffix("〕") if _closes(inner) else inner[1:]
    inner = PERSON.sub("", REMARK.sub("", inner))
    reader = _Reader()
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
    roles, printed = _expanded(reader.roles)
    return Clause(tuple(roles), printed, "，".join(reader.times)), tuple(reader.doubts)


def _closes(inner: str) -> bool:
    return inner.endswith(("）", "〕")) and inner.count("（") + inner.count("〔") <= inner.count(
        "）"
    ) + inner.count("〕")


_PARTED = re.compile("[、，：；]")
_LONGEST_ALONE = 24
_OF_THE_STATE = re.compile(r"^[\u4e00-\u9fff]{1,14}(?:部|委|局|办|署|总署|厅|院|法院|检察院|总局|银行)$")
_NOT_ALONE = re.compile("包括|含|如|即|除|对|在|经|以|比如|例如|参照|依托|详见|见|附|由|按|与|和|及")
"""Words that begin a remark in brackets, not a list of units."""


class _Reader:
    """Reads the parts of a clause in order; a part without label or verb belongs to the role before it."""

    def __init__(self) -> None:
        self.roles: list[RoleUnits] = []
        self.doubts: list[str] = []
        self.times: list[str] = []
        self.role: Role | None = None
        self.verbs = 0
        self.strangers = 0
        self.pending: list[str] = []
        self.open_after: str | None = None

    def part(self, text: str) -> None:
        places = [
            match
            for match in LABEL.finditer(text)
            if match.start() == 0 or text[match.start() - 1] in "，,、；：:）〕" or match["sign"]
        ]
        first = places[0].start() if places else len(text)
        self._names(text[:first], None)
        ends = [match.start() for match in places[1:]] + [len(text)]
        for match, stop in zip(places, ends, strict=False):
            self._flush(self.role)
            self.role = LABEL_ROLES[match["word"]]
            self._names(text[match.end() : stop], self.role)
            self._flush(self.role)

    def _names(self, text: str, label: Role | None) -> None:
        for start, stop in split_outside(text, "，,"):
            chunk = BY.sub("", text[start:stop].strip())
            if not chunk:
                continue
            if TIME_LABEL.match(chunk) or NOT_A_NAME.match(chunk):
                self.times.append(chunk)
                continue
            chunk, by_duties = _without_duties(chunk)
            role: Role | None = None
            if not by_duties or chunk.endswith(("牵头", "配合")):
                chunk, role = _without_verb(chunk)
            if role is not None or by_duties:
                self.verbs += 1
            if label is not None and role is Role.PARTICIPANT:
                self._flush(label)  # 责任单位：甲，乙配合: only 乙 takes part
            joined = JOINTLY.match(chunk)
            if joined and (self.roles or self.pending):
                # 甲牵头，会同乙、丙落实: those named behind it take part.
                self._flush(Role.LEAD)
                self._add(chunk[joined.end() :])
                self._flush(Role.PARTICIPANT, by_duties=by_duties)
                continue
            left, joint, right = _jointly(chunk)
            if joint:
                self._add(left)
                self._flush(Role.LEAD)
                self._add(right)
                self._flush(Role.PARTICIPANT, by_duties=by_duties)
                self.role = label
                self.verbs += 1
                continue
            self._add(chunk)
            if role is not None:
                # 责任单位：甲牵头，乙配合: the verb says more than the label.
                given = label if label is not None and role is Role.RESPONSIBLE else role
                self._flush(given, by_duties=by_duties)
            elif by_duties:
                self._flush(label or self.role_of_duties(), by_duties=True)

    def role_of_duties(self) -> Role:
        return self.role or Role.RESPONSIBLE

    def _add(self, chunk: str) -> None:
        pieces = [chunk[start:stop].strip() for start, stop in split_outside(chunk, "、/")]
        for piece in _one_collective(pieces):
            for name in _apart(piece):
                self._name(name)

    def _name(self, name: str) -> None:
        lead = re.search(r"[（(](?:牵头|主办)(?:单位|部门)?[）)]$", name)
        if lead or (name.endswith("牵头") and len(name) > 4):
            self._flush(self.role)
            self.pending.append(name[: lead.start()] if lead else name[:-2])
            self._flush(Role.LEAD)
            self.verbs += 1
            return
        name = re.sub(r"[（(](?:配合|参与|协办|责任)(?:单位|部门)?[）)]$", "", name)
        stripped = OPEN_LIST.sub("", name)
        is_open = stripped != name
        if is_open:
            self.open_after = stripped or (self.pending[-1] if self.pending else "")
        if not stripped:
            return
        if NOT_A_NAME.match(stripped):
            self.times.append(stripped)
            return
        if not NAME.fullmatch(stripped):
            self.strangers += 1
            self.doubts.append(f"「{stripped[:24]}」不像单位名称。")
        self.pending.append(stripped)

    def _flush(self, role: Role | None, *, by_duties: bool = False) -> None:
        if self.pending:
            self.roles.append(
                RoleUnits(role or Role.RESPONSIBLE, tuple(self.pending), by_duties, self.open_after)
            )
        elif by_duties and self.roles:
            last = self.roles[-1]
            self.roles[-1] = RoleUnits(last.role, last.units, True, last.open_after)
        self.pending, self.open_after = [], None

    def finish(self, *, labelled: bool) -> None:
        """Names at the end without a verb belong to the last label's role."""
        if self.pending and not labelled and self.roles:
            self.strangers += 0 if all(COLLECTIVES.match(name) for name in self.pending) else 1
        self._flush(self.role)

    def names_alone(self) -> bool:
        """Whether there is nothing but names that are surely units: （省委宣传部，各市政府）."""
        names = [name for part in self.roles for name in part.units]
        return (
            not self.strangers
            and not self.times
            and max(map(len, names), default=99) <= _LONGEST_ALONE
            and not any(_NOT_ALONE.match(name) for name in names)
            and (
                any(prefix_of(name) for name in names)
                or (len(names) > 1 and all(_OF_THE_STATE.search(name) for name in names))
                or (len(names) > 1 and all(COLLECTIVES.match(name) for name in names))
            )
        )

    def looks_like_units(self, *, bracketed: bool) -> bool:
        """Whether a clause without a label is one: a verb said, and nothing but names before it."""
        longest = max((len(name) for part in self.roles for name in part.units), default=0)
        return self.verbs > 0 and not self.strangers and longest <= (30 if bracketed else 20)


def _one_collective(names: list[str]) -> list[str]:
    """各市、县人民政府 is one name: the sign in it parts the levels, not the bodies."""
    joined: list[str] = []
    for name in names:
        if joined and _EACH_LEVEL.fullmatch(joined[-1]) and _NEXT_LEVEL.match(name):
            joined[-1] = f"{joined[-1]}、{name}"
        else:
            joined.append(name)
    return joined


_EACH_LEVEL = re.compile(r"各(?:市|县|区|州|盟|旗|乡|镇|乡镇|街道)(?:、(?:市|县|区|州|盟|旗|乡|镇|街道))*")
_NEXT_LEVEL = re.compile(r"(?:县|区|旗|州|盟|乡|镇|街道)|市(?:$|（|\(|人民政府|政府|直属?管)")


def _without_duties(chunk: str) -> tuple[str, bool]:
    match = DUTIES.search(chunk)
    if match and re.search("职责|职能|分工|权限", match.group()) and match.start() >= 0:
        return chunk[: match.start()], True
    return chunk, False


def _without_verb(chunk: str) -> tuple[str, Role | None]:
    for pattern, role in VERBS:
        match = pattern.search(chunk)
        if match and match.start() > 0:
            return chunk[: match.start()], role
    return chunk, None


def _jointly(chunk: str) -> tuple[str, bool, str]:
    match = JOINTLY.search(chunk)
    if match and match.start() > 0 and match.end() < len(chunk):
        return chunk[: match.start()], True, chunk[match.end() :]
    return chunk, False, ""


_AND = re.compile(
    r"(?<=[局委厅部办院府会位门心司])(?:和|及|以及|与|暨)(?=(?:省|市|县|区|州|各|有关|相关|其他|国|中|自治)[\u4e00-\u9fff（]{1,30})"
)
_RUN_TOGETHER = re.compile(
    r"(?<=[局厅])(?=(?:省|市|县|区)(?!场|容)[\u4e00-\u9fff]{2,12}(?:局|厅|委|办|部|院)$)"
)


def _apart(name: str) -> list[str]:
    """Names joined by 和 or 及, or run together where the blank between them was lost."""
    words = name.split()
    if len(words) > 1 and all(NAME.fullmatch(word) for word in words):
        return [each for word in words for each in _apart(word)]
    return [each for joined in _AND.split(name) for each in _RUN_TOGETHER.split(joined) if each]


def _expanded(roles: list[RoleUnits]) -> tuple[list[RoleUnits], dict[str, str]]:
    prefix: str | None = None
    printed: dict[str, str] = {}
    done: list[RoleUnits] = []
    for part in roles:
        units, short, prefix = expand(list(part.units), prefix)
        printed |= short
        open_after = part.open_after
        if open_after is not None:
            open_after = next((full for full, name in short.items() if name == open_after), open_after)
        done.append(RoleUnits(part.role, tuple(units), part.by_duties, open_after))
    return done, printed


def renamed(clause: Clause, names: Mapping[str, str]) -> Clause:
    """The clause with other names for some of its units; what stood there stays in ``printed``."""
    if not any(name in names for part in clause.roles for name in part.units):
        return clause
    printed = dict(clause.printed)
    roles: list[RoleUnits] = []
    for part in clause.roles:
        units = tuple(names.get(name, name) for name in part.units)
        printed |= {names[name]: name for name in part.units if name in names}
        after = part.open_after
        roles.append(
            RoleUnits(part.role, units, part.by_duties, after if after is None else names.get(after, after))
        )
    return Clause(tuple(roles), printed, clause.time)


def lead_by_order(clause: Clause) -> Clause:
    """The first of the 责任单位 as 牵头单位, where the document says so once for all."""
    if not clause.roles or any(part.role is Role.LEAD for part in clause.roles):
        return clause
    first = clause.roles[0]
    rest = RoleUnits(first.role, first.units[1:], first.by_duties, first.open_after)
    lead = RoleUnits(Role.LEAD, first.units[:1])
    return Clause((lead, *([rest] if rest.units else []), *clause.roles[1:]), clause.printed, clause.time)


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

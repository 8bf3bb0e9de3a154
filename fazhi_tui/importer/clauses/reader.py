"""Reads the parts of one unit clause in order: labels, names, verbs, remarks."""

from __future__ import annotations

import re

from fazhi_tui.domain.model.measure import Role
from fazhi_tui.importer.clauses.prefixes import expand, prefix_of
from fazhi_tui.importer.clauses.values import RoleUnits
from fazhi_tui.importer.clauses.vocabulary import (
    BY,
    COLLECTIVES,
    DUTIES,
    JOINTLY,
    LABEL,
    LABEL_ROLES,
    NAME,
    NOT_A_NAME,
    OPEN_LIST,
    TIME_LABEL,
    VERBS,
)
from fazhi_tui.importer.text.sentences import split_outside

_LONGEST_ALONE = 24
_LONGEST_TIME = 20
_OF_THE_STATE = re.compile(r"^[\u4e00-\u9fff]{1,14}(?:部|委|局|办|署|总署|厅|院|法院|检察院|总局|银行)$")
_NOT_ALONE = re.compile("包括|含|如|即|除|对|在|经|以|比如|例如|参照|依托|详见|见|附|由|按|与|和|及")
"""Words that begin a remark in brackets, not a list of units."""


class ClauseReader:
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
        """One part, as ； and 。 cut the clause."""
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
            duties = DUTIES.search(chunk)
            by_duties = duties is not None and bool(re.search("职责|职能|分工|权限", duties.group()))
            if duties and by_duties:
                chunk = chunk[: duties.start()]
            role: Role | None = None
            if not by_duties or chunk.endswith(("牵头", "配合")):
                verbs = ((pattern.search(chunk), given) for pattern, given in VERBS)
                at, role = next(((v.start(), given) for v, given in verbs if v and v.start()), (None, None))
                chunk = chunk[:at]
            if role is not None or by_duties:
                self.verbs += 1
            if label is not None and role is Role.PARTICIPANT:
                self._flush(label)  # 责任单位：甲，乙配合: only 乙 takes part
            joint = JOINTLY.search(chunk)
            inside = joint is not None and joint.start() > 0 and joint.end() < len(chunk)
            opens = joint is not None and not joint.start() and bool(self.roles or self.pending)
            if joint and (inside or opens):
                # 甲会同乙、丙落实, or behind a comma 会同乙、丙落实: those named behind it take part.
                self._add(chunk[: joint.start()])
                self._flush(Role.LEAD)
                self._add(chunk[joint.end() :])
                self._flush(Role.PARTICIPANT, by_duties=by_duties)
                if inside:
                    self.role = label
                    self.verbs += 1
                continue
            self._add(chunk)
            if role is not None:
                # 责任单位：甲牵头，乙配合: the verb says more than the label.
                given = label if label is not None and role is Role.RESPONSIBLE else role
                self._flush(given, by_duties=by_duties)
            elif by_duties:
                self._flush(label or self.role, by_duties=True)

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
            and all(len(words) <= _LONGEST_TIME for words in self.times)
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
        return [part for word in words for part in _apart(word)]
    return [part for joined in _AND.split(name) for part in _RUN_TOGETHER.split(joined) if part]


def expanded(roles: list[RoleUnits]) -> tuple[list[RoleUnits], dict[str, str]]:
    """The roles with prefixes that are said once; and for each name made so what is printed."""
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

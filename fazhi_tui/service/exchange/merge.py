"""A merge that git could not finish: what both sides changed, field by field, and the answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.repository import CommitKind, Event
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.merge import Clash, Side, clashes, combine
from fazhi_tui.vcs.merge import Conflict
from fazhi_tui.vcs.trailers import Trailers, commit_message

MERGE_TRAILERS = Trailers(kind=CommitKind.MERGE)
#: The clash of a file that can only be taken whole.
WHOLE = "整个文件"
_FILES = {
    "plan/plan.yaml": "方案",
    "plan/units.yaml": "单位名录",
    "plan/views.yaml": "共用视图",
    "plan/templates.yaml": "共用的模板",
}
#: A text of more characters than this is named, not quoted, where a whole file is left behind.
_QUOTED = 2000


@dataclass(frozen=True)
class Settlement:
    """One file that both sides changed: what it is about, and the places that a person decides.

    ``fields`` is false where a version cannot be read field by field (deleted on one side, broken, no YAML):
    then the only place is the whole file.
    """

    path: str
    title: str
    clashes: tuple[Clash, ...]
    fields: bool
    conflict: Conflict

    def settled(self, sides: Sequence[Side]) -> bytes | None:
        """The file as these answers make it, one for each clash; None where it is to be deleted."""
        if not self.fields:
            conflict = self.conflict
            versions = {Side.OURS: conflict.ours, Side.THEIRS: conflict.theirs, Side.BASE: conflict.base}
            return versions[sides[0]]
        base, ours, theirs = (text or "" for text in _texts(self.conflict))
        return combine(base, ours, theirs, sides).encode()

    def told(self, sides: Sequence[Side]) -> list[str]:
        """What the merge's message says of it: what was chosen, and what was not, in full."""
        lines: list[str] = []
        for clash, side in zip(self.clashes, sides, strict=True):
            others = [other for other in (Side.OURS, Side.THEIRS) if other is not side]
            said = [f"选{side}：{_said(clash.said_by(side))}"]
            said += [f"未选{other}：{_said(clash.said_by(other))}" for other in others]
            said += [] if side is Side.BASE else [f"原为：{_said(clash.base)}"]
            lines.append(f"{self.title} {clash.field} {'；'.join(said)}")
        return lines or [f"{self.title} 两边改的各是各的，都已采用"]


def settlements(conflicts: Sequence[Conflict], titles: Mapping[str, str]) -> tuple[Settlement, ...]:
    """What is to be decided, file by file.  ``titles`` maps a measure's number to its title."""
    ordered = sorted(conflicts, key=lambda conflict: conflict.path)
    return tuple(_settlement(conflict, titles) for conflict in ordered)


def _settlement(conflict: Conflict, titles: Mapping[str, str]) -> Settlement:
    path, title = conflict.path, _title(conflict.path, titles)
    base, ours, theirs = texts = _texts(conflict)
    is_record = path.startswith("plan/") and path.endswith(".yaml") and "/source/" not in path
    if is_record and ours is not None and theirs is not None:
        try:
            return Settlement(path, title, clashes(base or "", ours, theirs), True, conflict)
        except FazhiError:
            # One side is broken YAML: a field of it cannot be told from another.
            pass
    whole = Clash(WHOLE, *(None if text is None else _summary(text) for text in texts))
    return Settlement(path, title, (whole,), False, conflict)


def _title(path: str, titles: Mapping[str, str]) -> str:
    stem = path.removeprefix("plan/").removesuffix(".yaml")
    number = stem.lstrip("0")
    if path.startswith("plan/") and number[:1].isdigit():
        return f"第 {number} 条 {titles.get(number, '')}".strip()
    return _FILES.get(path, path)


def _texts(conflict: Conflict) -> tuple[str | None, ...]:
    """The file in the common ancestor, here and there."""
    versions = (conflict.base, conflict.ours, conflict.theirs)
    return tuple(None if data is None else data.decode("utf-8", "replace") for data in versions)


def _summary(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}（共 {len(text)} 字）"


def _said(text: str | None) -> str:
    return "（没有）" if text is None else one_line(text)


def merge_message(source: str, came: Sequence[Event]) -> str:
    """The message of a merge: how much came and from whom, in the words of the commits."""
    lines = [f"{event.commit[:8]} {event.subject}" for event in came[:20]]
    lines += [f"另有 {len(came) - 20} 个"] if len(came) > 20 else []
    subject = f"{CommitKind.MERGE} {source}：{len(came)} 个提交"
    return commit_message(subject, "\n".join(lines), MERGE_TRAILERS)

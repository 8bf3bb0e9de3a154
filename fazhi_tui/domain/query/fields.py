"""The fields of the language: one table, from which help, completion and documentation are made."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.unit_index import initials


class Field(NamedTuple):
    """One field of the language.

    ``kind`` is what its values are: ``unit``, ``status``, ``light``, ``kind``, ``date``, ``past``
    (dates that have been), ``text`` or ``id``.  ``values`` are words to complete with, ``pinyin`` reads
    the name, ``other`` is another Chinese name of it.
    """

    key: str
    name: str
    pinyin: str
    kind: str
    help: str
    example: str
    values: tuple[str, ...] = ()
    other: str = ""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its names beside ``name``."""
        return (self.key, self.other) if self.other else (self.key,)

    @property
    def ordered(self) -> bool:
        """Whether its values can be compared with ``< <= > >=`` and have ranges ``a..b``."""
        return self.kind in ("date", "past", "id")


_NONE = "无"
_OVERDUE = "逾期"
_DATE_WORDS = (_OVERDUE, "30d", "90d", _NONE)
_DUE_HELP = "方案写明的截止日期（同意延期后的）"
_NEXT_HELP = "下一个没有完成的期限，含周期事项的各期和规划期末"
_UPDATED_HELP = "最近一条进展的日期；30d 是最近 30 天"

_TABLE = (
    Field("lead", "牵头", "qian tou", "unit", "牵头单位", "牵头:市司法局", (_NONE,), "牵头单位"),
    Field("part", "参加", "can jia", "unit", "参加单位", "参加:市公安局", (_NONE,), "参加单位"),
    Field("resp", "责任", "ze ren", "unit", "责任单位", "责任:市教育局", (_NONE,), "责任单位"),
    Field("unit", "单位", "dan wei", "unit", "任一角色的单位", "单位:sfj", (_NONE,)),
    Field("status", "状态", "zhuang tai", "status", "现在的状态", "状态:推进中,待审核", tuple(Status)),
    Field("due", "截止", "jie zhi", "date", _DUE_HELP, "截止<2023-01-01", _DATE_WORDS, "截止日期"),
    Field("next", "到期", "dao qi", "date", _NEXT_HELP, "到期:30d", _DATE_WORDS),
    Field("light", "灯", "deng", "light", "灯的颜色", "灯:红,黄", tuple(Light)),
    Field("section", "节", "jie", "text", "所属的节，写出一部分即可", "节:行政决策", (_NONE,)),
    Field("chapter", "章", "zhang", "text", "所属的章，写出一部分即可", "章:组织保障", (_NONE,)),
    Field("id", "编号", "bian hao", "id", "措施编号或事项编号", "编号:3..12"),
    Field("updated", "更新", "geng xin", "past", _UPDATED_HELP, "更新:30d", ("30d", "90d", _NONE)),
    Field("kind", "类型", "lei xing", "kind", "有这一类进展的措施", "类型:催办", tuple(NoteKind)),
)

#: Key → field, in the order of help texts.
FIELDS: Mapping[str, Field] = MappingProxyType({field.key: field for field in _TABLE})

_BY_NAME = {name: field for field in _TABLE for name in (field.name, *field.aliases)}


def field_named(name: str) -> Field | None:
    """The field with this name or alias, in any case and width; else None."""
    return _BY_NAME.get(unicodedata.normalize("NFKC", name).casefold())


def nearest_field(name: str) -> Field | None:
    """The field whose name is nearest to a mistyped one, for a hint; None where none is near."""
    from difflib import get_close_matches

    folded = fold_text(name)
    if near := get_close_matches(folded, _BY_NAME, n=1, cutoff=0.6):
        return _BY_NAME[near[0]]
    # 状 for 状态, 截止日 for 截止, 单位名称 for 单位.
    return next((f for key, f in _BY_NAME.items() if folded and (folded in key or key in folded)), None)


def is_none(text: str) -> bool:
    """Whether a value asks for what is lacking: 无 or none."""
    return fold_text(text) in (_NONE, "none")


#: Status, light and kind, each with its English name and pinyin, as people without an IME type them.
_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "status": {
        Status.NOT_STARTED: ("not-started", "wei qi dong"),
        Status.IN_PROGRESS: ("in-progress", "tui jin zhong"),
        Status.ONGOING: ("ongoing", "chang qi jian chi"),
        Status.PENDING_REVIEW: ("pending", "dai shen he", "pending-review"),
        Status.DONE: ("done", "yi wan cheng"),
        Status.SUSPENDED: ("suspended", "yi zhong zhi"),
    },
    "light": {
        Light.GREEN: ("green", "lv", "绿灯", "绿色", "g"),
        Light.YELLOW: ("yellow", "huang", "黄灯", "黄色", "y"),
        Light.RED: ("red", "hong", "红灯", "红色", "r"),
        Light.UNREPORTED: ("unreported", "wei bao"),
        Light.UNCOUNTED: ("uncounted", "bu ji"),
        Light.UNKNOWN: ("unknown", "bu neng duan ding"),
    },
    "kind": {
        NoteKind.PROGRESS: ("progress", "jin zhan"),
        NoteKind.REQUEST_CLOSE: ("request-close", "shen qing ban jie"),
        NoteKind.CLOSE: ("close", "ban jie"),
        NoteKind.RETURN: ("return", "tui hui"),
        NoteKind.REQUEST_EXTENSION: ("request-extension", "shen qing yan qi"),
        NoteKind.GRANT_EXTENSION: ("grant-extension", "tong yi yan qi"),
        NoteKind.REFUSE_EXTENSION: ("refuse-extension", "bu tong yi yan qi"),
        NoteKind.URGE: ("urge", "cui ban"),
        NoteKind.INSTRUCTION: ("instruction", "pi shi"),
        NoteKind.SETTLEMENT: ("settlement", "xie tiao"),
        NoteKind.CONFIRMATION: ("confirmation", "ren ding"),
        NoteKind.CORRECTION: ("correction", "geng zheng"),
    },
}


def english_name(kind: str, name: str) -> str:
    """How a status, light or kind of note is called in English."""
    return _WORDS[kind][name][0]


def choices(kind: str, text: str) -> frozenset[str]:
    """Which statuses, lights or kinds of note a value means; empty if none.

    The first that finds anything decides: the name, English name, pinyin or initials; a part of
    the Chinese name; the beginning of the pinyin or initials, by whole syllables.
    """
    folded = fold_text(text).replace("_", "-")
    words = _WORDS[kind]
    exact = frozenset(name for name in words if folded in _spellings(name, words[name]))
    if exact:
        return exact
    if part := frozenset(name for name in words if folded in name):
        return part
    return frozenset(name for name in words if folded in _beginnings(words[name][1]))


def beginning_with(kind: str, text: str) -> tuple[str, ...]:
    """The statuses, lights or kinds of note that are left while a person types, best first.

    By a part of the name, the beginning of a spelling, or of the pinyin with its last syllable half typed.
    """
    folded = fold_text(text).replace("_", "-")
    ranked: list[tuple[int, str]] = []
    for name, words in _WORDS[kind].items():
        if name.startswith(folded):
            ranked.append((0, name))
        elif folded in name or any(spelling.startswith(folded) for spelling in _spellings(name, words)):
            ranked.append((1, name))
    # sorted() is stable: equals stay in the table's order.
    return tuple(name for _, name in sorted(ranked, key=lambda found: found[0]))


def fields_beginning_with(text: str) -> tuple[Field, ...]:
    """The fields that are left while a name is typed: Chinese, English, pinyin or initials, best first."""
    folded = fold_text(text)
    ranked: list[tuple[int, Field]] = []
    for known in _TABLE:
        names = (known.name, *known.aliases)
        if folded in names or folded == initials(known.pinyin):
            ranked.append((0, known))
        elif any(name.startswith(folded) for name in names):
            ranked.append((1, known))
        elif fold_text(known.pinyin).startswith(folded) or initials(known.pinyin).startswith(folded):
            ranked.append((2, known))
    return tuple(known for _, known in sorted(ranked, key=lambda found: found[0]))


def _spellings(name: str, words: tuple[str, ...]) -> set[str]:
    english, pinyin, *others = words
    short = (initials(pinyin),) if " " in pinyin else ()
    return {name, english, english.replace("-", ""), fold_text(pinyin), *others, *short}


def _beginnings(pinyin: str) -> set[str]:
    syllables = pinyin.split()
    lengths = range(1, len(syllables) + 1)
    return {"".join(syllables[:n]) for n in lengths} | {initials(pinyin)[:n] for n in lengths if n > 1}

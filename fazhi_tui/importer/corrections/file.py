"""From the corrections file on disk to :class:`Corrections`: one small reader for each of its parts."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path

from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.importer.corrections.entries import Entry, parse_entries, read_entries
from fazhi_tui.importer.corrections.model import (
    PLACES,
    Absence,
    Acceptance,
    Assignment,
    Boundary,
    Break,
    Corrections,
    Damage,
    Doubt,
    Everywhere,
    Fragment,
    ItemDecision,
    LostSection,
    Membership,
    Numbering,
    Omission,
    Opens,
    Reading,
    Renaming,
    SameUnit,
    Shuffle,
    Wording,
)

NUMBER = r"[1-9][0-9]{0,5}(-[1-9][0-9]{0,5}){0,3}"
"""A measure's number: 28, or 2-3 where the document counts anew in each chapter."""

REPEAT = "重出"
"""What 归位 says of a fragment that the file has twice."""


def load_corrections(path: Path) -> Corrections:
    """Read a corrections file strictly.

    Raises CorrectionError (a FazhiError) with file, line and what to write for anything that is not as
    the head of the file explains it: unknown or missing keys, wrong kinds of value, wrong YAML.
    """
    return _load(read_entries(path))


def parse_corrections(data: bytes, shown: str) -> Corrections:
    """The bytes of a corrections file, as strictly; ``shown`` is what errors call it."""
    return _load(parse_entries(data, shown))


def _load(top: Entry) -> Corrections:
    source = top.entry("来源")
    sha256, sha256_line = "", top.line
    if source is not None:
        sha256, sha256_line = _sha256(source)
    units = top.entry("单位")
    corrections = Corrections(
        path=top.path,
        sha256=sha256,
        sha256_line=sha256_line,
        omissions=tuple(
            Omission(e.line, e.text("起"), e.text("止"), e.text("理由")) for e in top.entries("略去")
        ),
        everywhere=tuple(
            Everywhere(e.line, e.text("原"), e.text("改"), e.integer("次数"), e.text("理由"))
            for e in top.entries("通改")
        ),
        blocks=_blocks(top),
        interleaved=tuple(
            _shuffle(e, _measure(e, "措施"), "断片", e.text("理由")) for e in top.entries("错行")
        ),
        breaks=tuple(
            Break(e.line, e.text("上文"), e.text("下文"), e.text("理由")) for e in top.entries("分段")
        ),
        numbering=tuple(
            Numbering(e.line, _measure(e, "措施"), e.optional("原文编号"), e.text("标题"), e.text("理由"))
            for e in top.entries("编号")
        ),
        wording=tuple(
            Wording(e.line, _where(e), e.text("原"), e.text("改"), e.text("理由"))
            for e in top.entries("文字")
        ),
        damage=tuple(
            Damage(e.line, _measure(e, "措施"), e.choice("缺", ("开头", "末尾")) == "开头", e.text("说明"))
            for e in top.entries("残缺")
        ),
        absences=tuple(Absence(e.line, _measures(e), e.text("说明")) for e in top.entries("缺失")),
        lost_sections=tuple(
            LostSection(e.line, e.text("标题"), _measure(e, "至迟始于"), e.text("说明"))
            for e in top.entries("缺节标题")
        ),
        doubts=tuple(Doubt(e.line, _where(e), e.text("原"), e.text("说明")) for e in top.entries("存疑")),
        items=tuple(
            ItemDecision(
                e.line, _measure(e, "措施"), e.text("原文"), e.day("截止"), e.text("说明"), *_number(e)
            )
            for e in top.entries("事项")
        ),
        boundaries=tuple(
            Boundary(
                e.line,
                e.text("处"),
                Opens(e.choice("作", tuple(Opens))),
                _measure(e, "编号") if e.has("编号") else None,
                e.text("理由"),
            )
            for e in top.entries("边界")
        ),
        assignments=tuple(
            Assignment(
                e.line,
                _measure(e, "措施"),
                _texts_or_none(e, "牵头"),
                _texts_or_none(e, "参加"),
                _texts_or_none(e, "责任"),
                e.text("理由"),
            )
            for e in top.entries("分工")
        ),
        acceptances=tuple(Acceptance(e.line, e.text("事"), e.text("理由")) for e in top.entries("认可")),
        report_day=top.day("进展日期") if top.has("进展日期") else None,
        settings=_settings(top),
        settings_line=top.line_of("设置"),
    )
    corrections = _with_units(corrections, units)
    span = top.entry("期间")
    if span is not None:
        corrections = dataclasses.replace(corrections, period=(span.day("起"), span.day("止")))
        span.close()
    top.close()
    return corrections


def _sha256(source: Entry) -> tuple[str, int]:
    value = source.text("sha256")
    source.optional("文件")
    source.optional("说明")
    source.close()
    line = source.line_of("sha256")
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise source.error("sha256 应是 64 位十六进制小写字母和数字。", "用 sha256sum 重新计算。", line)
    return value, line


def _blocks(top: Entry) -> Shuffle | None:
    entry = top.entry("版块")
    if entry is None:
        return None
    shuffle = _shuffle(entry, "", "块", entry.text("理由"))
    entry.close()
    return shuffle


def _shuffle(entry: Entry, where: str, key: str, reason: str) -> Shuffle:
    fragments = tuple(
        Fragment(e.line, e.text("起"), e.text("止"), _place(e), e.text("理由"), e.flag("其后缺页"))
        for e in entry.entries(key)
    )
    places = sorted(fragment.place for fragment in fragments if fragment.place is not None)
    if not places or places != list(range(1, len(places) + 1)):
        raise entry.error(
            f"“{key}”的归位应是 1 至 {len(places)} 各一次，现为 {places}。",
            f"按应在的先后重新编排；重出的写“{REPEAT}”。",
        )
    return Shuffle(entry.line, where, fragments, reason)


def _number(entry: Entry) -> tuple[int | None, str | None]:
    """数量 and 计量单位, which come together or not at all."""
    if not entry.has("数量"):
        return None, None
    return entry.integer("数量"), entry.text("计量单位")


def _place(entry: Entry) -> int | None:
    return None if entry.text("归位") == REPEAT else entry.integer("归位")


def _measure(entry: Entry, key: str) -> str:
    value = entry.text(key)
    if not re.fullmatch(NUMBER, value):
        raise entry.error(f"“{key}”应是措施编号，现为“{value}”。", '如 "28"。', entry.line_of(key))
    return value


def _measures(entry: Entry) -> tuple[str, ...]:
    values = entry.texts("措施")
    for value in values:
        if not re.fullmatch(NUMBER, value):
            raise entry.error(f"“措施”应是措施编号，现为“{value}”。", '如 ["13", "14"]。')
    return values


def _texts_or_none(entry: Entry, key: str) -> tuple[str, ...]:
    return entry.texts(key) if entry.has(key) else ()


def _where(entry: Entry) -> str:
    value = entry.text("处")
    if value not in PLACES and not re.fullmatch(NUMBER, value):
        raise entry.error(
            f"“处”不能是“{value}”。", f"写措施编号，或：{'、'.join(PLACES)}。", entry.line_of("处")
        )
    return value


def _with_units(corrections: Corrections, units: Entry | None) -> Corrections:
    if units is None:
        return corrections
    filled = dataclasses.replace(
        corrections,
        same_units=tuple(
            SameUnit(e.line, e.text("名称"), e.texts("别名"), e.text("理由")) for e in units.entries("异名")
        ),
        memberships=tuple(
            Membership(e.line, e.text("名称"), e.texts("成员"), e.text("理由")) for e in units.entries("成员")
        ),
        renamings=tuple(
            Renaming(e.line, e.text("原"), e.text("改"), e.text("理由")) for e in units.entries("更名")
        ),
        readings=tuple(
            Reading(e.line, e.text("名称"), e.text("原"), e.text("改"), e.text("理由"))
            for e in units.entries("拼音")
        ),
    )
    units.close()
    return filled


def _settings(top: Entry) -> Mapping[str, str | int | bool]:
    """The settings by their Chinese key; the kinds of value are the model's own."""
    entry = top.entry("设置")
    if entry is None:
        return {}
    values: dict[str, str | int | bool] = {}
    for field in dataclasses.fields(Settings):
        key = field.metadata["key"]
        if not entry.has(key):
            continue
        if isinstance(field.default, bool):
            values[key] = entry.flag(key)
        elif isinstance(field.default, int):
            values[key] = entry.integer(key)
        else:
            values[key] = entry.text(key)
    entry.optional("说明")
    entry.close()
    return values

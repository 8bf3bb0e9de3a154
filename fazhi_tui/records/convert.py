"""From what stands in a file to a value of the model: one function a kind, each with its own complaint."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from fazhi_tui.domain.text.visible import excerpt
from fazhi_tui.records.fields import Field
from fazhi_tui.records.yaml.parser import Node

#: What fits into 64 bits; a field that keeps what was typed may allow more (``digits``).
_MOST_DIGITS = 18
#: (code, message, hint); a value may still have been read.
Fault = tuple[str, str, str]

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
#: Looked for only where something is wrong, so not compiled at every start.
_LOOSE_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?"
    r"([Zz]|[-+]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?"
)


def to_text(node: Node, field: Field) -> tuple[str | None, Fault | None]:
    """A text; one that YAML takes for something else is read and told."""
    value: str = node.value
    if node.is_text or field.bare:
        return value, None
    message = f"“{field.key}”的值 {excerpt(value)} 没有加引号，会被当作数、日期或真假值"
    return value, ("unquoted", message, f'加双引号：{field.key}: "{excerpt(value)}"')


def to_int(node: Node, field: Field) -> tuple[int | None, Fault | None]:
    """A whole number, in half-width digits, without quotes."""
    value: str = node.value
    most = field.schema.get("digits", _MOST_DIGITS)
    is_number = re.fullmatch(r"[+-]?[0-9]+", value)
    if is_number and len(value.lstrip("+-")) <= most:
        fault = ("quoted-number", f"“{field.key}”是数，不要加引号", f"写成 {field.key}: {value}")
        return int(value), fault if node.style else None
    if is_number:
        return None, ("not-a-number", f"“{field.key}”的数太大：{excerpt(value)}", f"最多 {most} 位")
    half = unicodedata.normalize("NFKC", value).strip().rstrip("%")
    hint = f"写成 {field.key}: {half}" if re.fullmatch(r"[0-9]+", half) else "用半角数字，不带单位和标点"
    return None, ("not-a-number", f"“{field.key}”应是整数，现为“{excerpt(value)}”", hint)


def to_bool(node: Node, field: Field) -> tuple[bool | None, Fault | None]:
    """``true`` or ``false``."""
    value: str = node.value
    if not node.style and value in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return value.lower() == "true", None
    message = f"“{field.key}”应是 true 或 false，现为“{excerpt(value)}”"
    return None, ("not-a-flag", message, "是写 true；否就删去这一行")


def to_date(node: Node, field: Field) -> tuple[date | None, Fault | None]:
    """A day, year-month-day, with or without quotes."""
    value: str = node.value
    match = _DATE.fullmatch(value)
    if match:
        try:
            return date.fromisoformat(value), None
        except ValueError:
            return None, ("no-such-date", _no_such_day(*map(int, match.groups())), "改成日历上有的日期")
    loose = re.fullmatch(_LOOSE_DATE, unicodedata.normalize("NFKC", value).strip())
    hint = "写成 年-月-日，如 2022-12-31"
    if loose:
        year, month, day = map(int, loose.groups())
        hint = f"写成 {year:04}-{month:02}-{day:02}"
    return None, ("not-a-date", f"“{field.key}”应是日期，现为“{excerpt(value)}”", hint)


def _no_such_day(year: int, month: int, day: int) -> str:
    if not year:
        return "没有公元 0 年"
    if not 1 <= month <= 12:
        return f"没有 {month} 月"
    return f"{year} 年 {month} 月没有 {day} 日"


def to_datetime(node: Node, field: Field) -> tuple[datetime | None, Fault | None]:
    """A moment with its time zone, as RFC 3339 writes it; a blank for the T is accepted."""
    value: str = node.value
    match = _TIME.fullmatch(value)
    if match is None:
        message = f"“{field.key}”应是带时区的时间，现为“{excerpt(value)}”"
        return None, ("not-a-time", message, "写成 2022-12-20T15:30:00+08:00 这样的形式")
    day, clock, zone = match.groups()
    if zone is None:
        message, hint = f"“{field.key}”没有写时区：{excerpt(value)}", f"北京时间写成 {day}T{clock}+08:00"
        return None, ("no-time-zone", message, hint)
    try:
        return datetime.fromisoformat(f"{day}T{clock}{zone.upper()}"), None
    except ValueError:
        message = f"没有 {clock}{zone} 这个时间"
    try:
        date.fromisoformat(day)
    except ValueError:
        message = _no_such_day(*map(int, day.split("-")))
    return None, ("no-such-date", message, "改成日历和钟表上有的时间")


def to_enum(node: Node, field: Field) -> tuple[StrEnum | None, Fault | None]:
    """One of a few words."""
    value: str = node.value
    words = [member.value for member in field.cls]
    if value in words:
        return field.cls(value), None
    hint = f"{nearest(value, words)}可写：{'、'.join(words)}"
    return None, ("not-allowed", f"“{field.key}”不能是“{excerpt(value)}”", hint)


CONVERTERS: dict[str, Callable[[Node, Field], tuple[Any, Fault | None]]] = {
    "str": to_text,
    "int": to_int,
    "bool": to_bool,
    "date": to_date,
    "datetime": to_datetime,
    "enum": to_enum,
}


def out_of_bounds(value: Any, field: Field) -> Fault | None:
    """What the schema's pattern, length or bounds have against a value."""
    if isinstance(value, str):
        if field.pattern is not None and not field.pattern.fullmatch(value):
            message = f"“{field.key}”的写法不对：{excerpt(value) or '空'}"
            return ("bad-form", message, _form_hint(value, field))
        if len(value) < field.schema.get("minLength", 0):
            return ("empty", f"“{field.key}”不能为空", field.doc)
    elif isinstance(value, int) and not isinstance(value, bool):
        low, high = field.schema.get("minimum"), field.schema.get("maximum")
        if (low is not None and value < low) or (high is not None and value > high):
            scope = f"{low} 至 {high}" if high is not None else f"{low} 或更大"
            return ("out-of-range", f"“{field.key}”是 {value}，超出范围", f"应是 {scope}")
    return None


def _form_hint(value: str, field: Field) -> str:
    """The value as it may have been meant: half-width, without curly quotes and leading noughts."""
    meant = unicodedata.normalize("NFKC", value).strip(" “”‘’\"'第条.、")
    meant = re.sub(r"(^|-)0+(?=[1-9])", r"\1", meant)
    if field.pattern is not None and meant != value and field.pattern.fullmatch(meant):
        return f'写成 {field.key}: "{meant}"'
    return field.doc


def nearest(text: str, known: list[str]) -> str:
    """``是不是“牵头单位”？`` for the nearest known word, or an empty string."""
    from difflib import get_close_matches

    found = get_close_matches(text, known, n=1, cutoff=0.5)
    return f"是不是“{found[0]}”？" if found else ""

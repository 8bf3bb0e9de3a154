"""Completing a query while it is typed: what may stand at the cursor, best first.  Pure.

Only what the language takes is offered: with a suggestion put in, the term parses or is the beginning of
one that can, and nothing outside the replaced span has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from fazhi_tui.deadlines import parse_day_range
from fazhi_tui.model import Light, QueryError, Unit, UsageError
from fazhi_tui.query.fields import FIELDS, Field, beginning_with, field_named, fields_beginning_with
from fazhi_tui.query.language import parse
from fazhi_tui.query.present import Present, Title
from fazhi_tui.query.syntax import Piece, RawTerm, quote, scan, sign_end, value_at
from fazhi_tui.query.values import choices_meant
from fazhi_tui.units import fold

#: More than these nobody reads: one types another letter.
LIMIT = 30
#: How many bodies a bare word is completed by, each in one or two fields.
_BARE_UNITS = 4
_COUNTED_DATES = ("due", "next", "updated")
#: A value of each kind that is always understood, to ask whether the rest of a term is.
_PROBES = {
    "unit": "无",
    "status": "推进中",
    "light": '"绿"',
    "kind": "进展",
    "date": "30d",
    "past": "30d",
    "text": "无",
    "id": "1",
}
_DATE_WORDS = {
    "逾期": ("yuqi", "yq", "overdue"),
    "今天": ("jintian", "jt", "today"),
    "30d": ("30天",),
    "90d": ("90天",),
    "本月": ("benyue", "by", "month"),
    "本季": ("benji", "bj", "quarter"),
    "本年": ("bennian", "bn", "year", "今年"),
    "无": ("wu", "none"),
}
_NOW = ("今天", "本月", "本季", "本年")
_DATE_NOTES = {
    ("due", "逾期"): "写明的日期已过，还没有完成",
    ("next", "逾期"): "期限已过，还没有完成",
    ("due", "无"): "方案没有写明日期",
    ("next", "无"): "没有要到的期限",
    ("updated", "无"): "还没有进展",
}


class Suggestion(NamedTuple):
    """One thing to put in: ``text`` for what stands from ``start`` to ``end``.

    ``shown`` is what a list shows of it and ``note`` says in Chinese what it is and how many rows it keeps.
    ``same`` is true where what was typed means it already, and it alone: putting it in changes the writing.
    """

    shown: str
    note: str
    start: int
    end: int
    text: str
    same: bool = False

    def applied(self, typed: str) -> str:
        """The query with it put in."""
        return typed[: self.start] + self.text + typed[self.end :]

    @property
    def cursor(self) -> int:
        """Where the cursor stands afterwards."""
        return self.start + len(self.text)


def complete(text: str, cursor: int, present: Present, limit: int = LIMIT) -> tuple[Suggestion, ...]:
    """What may be put in at the cursor, best first; empty where nothing can be."""
    cursor = min(max(cursor, 0), len(text))
    term = next((one for one in scan(text) if one.start <= cursor <= one.end), None)
    if term is None:
        found = _fields("", Piece(cursor, cursor, "", True, False))
    else:
        found = _in_term(text, cursor, term, present)
    changing = (one for one in found if one.applied(text) != text)
    return tuple(islice(changing, limit))


def _in_term(text: str, cursor: int, term: RawTerm, present: Present) -> Iterator[Suggestion]:
    head = term.start + term.negated
    if cursor < head:
        return iter(())
    if term.name is None:
        piece = value_at(text, head, cursor)
        if piece is None or not piece.first or piece.quoted:
            return iter(())
        if not piece.typed and piece.end > piece.start:
            return iter(())
        return _that_parse(text, term.start, _bare(piece, present), present)
    name_end = term.name_start + len(term.name)
    if cursor <= name_end:
        typed = text[term.name_start : cursor]
        named = Piece(term.name_start, name_end, typed, True, False)
        renamed = (
            one._replace(text=one.text.removesuffix(":"), shown=one.shown) for one in _fields(typed, named)
        )
        return _that_parse(text, term.start, renamed if typed else iter(()), present)
    start = sign_end(text, name_end)
    piece = value_at(text, start, cursor)
    if piece is None:
        return iter(())
    field = field_named(term.name)
    if field is not None:
        if not _rest_parses(text, term.start, piece, field, present):
            return iter(())
        # What is asked for already is not offered once more.
        asked = {value.text for value in term.values if value.start != piece.start}
        return (one for one in _values(field, term.sign, piece, present) if one.shown not in asked)
    # zt:tj is 状态:推进中 to somebody who types pinyin.
    meant = fields_beginning_with(term.name)
    if not meant or not piece.first:
        return iter(())
    known = meant[0]
    sign = text[name_end:start]
    found = (
        one._replace(
            shown=f"{known.name}{sign}{one.shown}",
            start=term.name_start,
            text=f"{known.name}{sign}{one.text}",
        )
        for one in _values(known, term.sign, piece, present)
    )
    return _that_parse(text, term.start, found, present)


def _rest_parses(text: str, start: int, piece: Piece, field: Field, present: Present) -> bool:
    """Whether the term would parse if the piece under the cursor were something that always does."""
    return _parses(text[: piece.start] + _PROBES[field.kind] + text[piece.end :], start, present)


def _parses(text: str, start: int, present: Present) -> bool:
    term = next(scan(text[start:]), None)
    if term is None:
        return False
    try:
        parse(text[start : start + term.end], present.context)
    except QueryError:
        return False
    return True


def _that_parse(text: str, start: int, found: Iterable[Suggestion], present: Present) -> Iterator[Suggestion]:
    """Those that give a term which parses, or would with a value behind them."""
    for one in found:
        after = one.applied(text)
        if _parses(after, start, present):
            yield one
            continue
        field = field_named(one.text.removesuffix(":"))
        if field is not None and one.text.endswith(":"):
            probed = after[: one.cursor] + _PROBES[field.kind] + after[one.cursor :]
            if _parses(probed, start, present):
                yield one


# ------------------------------------------------------------------ fields and bare words


def _fields(typed: str, piece: Piece) -> Iterator[Suggestion]:
    for field in fields_beginning_with(typed):
        text = f"{field.name}:"
        yield Suggestion(text, f"{field.help}，如 {field.example}", piece.start, piece.end, text)


def _bare(piece: Piece, present: Present) -> Iterator[Suggestion]:
    """What a bare word may have been meant for: a field, a body, a status or a kind of note."""
    typed = fold(piece.typed)
    yield from _fields(piece.typed, piece)
    if not typed or (typed.isascii() and len(typed) < 2):
        return
    named = [one for one in present.context.index.search(piece.typed) if present.count("unit", one.name)]
    for unit in named[:_BARE_UNITS]:
        for key in ("lead", "unit"):
            count = present.count(key, unit.name)
            if count:
                yield _with_field(FIELDS[key], unit.name, f"{FIELDS[key].help} {count} 条", piece)
    if len(typed) > 1:
        for key in ("status", "kind"):
            for word in beginning_with(key, typed)[:_BARE_UNITS]:
                yield _with_field(FIELDS[key], word, _counted(present, key, word), piece)


def _with_field(field: Field, value: str, note: str, piece: Piece) -> Suggestion:
    text = f"{field.name}:{quote(value)}"
    return Suggestion(text, note, piece.start, piece.end, text)


# ------------------------------------------------------------------ values of a field


def _values(field: Field, sign: str, piece: Piece, present: Present) -> Iterator[Suggestion]:
    """What the language takes here; a field that is not ordered takes nothing after ``<``."""
    if sign != ":" and not field.ordered:
        return
    match field.kind:
        case "unit":
            found = _units(field, piece, present)
        case "date" | "past":
            found = _dates(field, sign, piece, present)
        case "text":
            found = _titles(field, piece, present)
        case "id":
            found = _numbers(piece, sign, present)
        case _:
            found = _choices(field, piece, present)
    meant = _means(field, piece.typed, present)
    for shown, note, text in found:
        value = next((one for raw in scan(text) for one in raw.values), None)
        if value is not None and present.accepts(field, sign, value):
            yield Suggestion(shown, note, piece.start, piece.end, text, meant == {value.text})


def _means(field: Field, typed: str, present: Present) -> frozenset[str]:
    """What a value means as it was typed, by the names that are offered; empty where there is no telling."""
    if not typed:
        return frozenset()
    if field.kind == "unit":
        return present.context.index.matching(typed)
    if field.kind == "light":
        meant = choices_meant("light", typed, present.context)
        return frozenset(_light_text(word, present) for word in meant)
    if field.kind in ("status", "kind"):
        return choices_meant(field.kind, typed, present.context)
    return frozenset()


#: Shown, note, text as it is typed.
_Found = Iterator[tuple[str, str, str]]


def _units(field: Field, piece: Piece, present: Present) -> _Found:
    if piece.typed:
        ranked = present.context.index.search(piece.typed)
        # Who has nothing in this role comes last, but is there: a filter may well keep nothing.
        units = sorted(ranked[: 2 * LIMIT], key=lambda one: not present.count(field.key, one.name))
    else:
        units = list(present.units_of(field.key))
    for unit in units:
        yield unit.name, _unit_note(unit, present.count(field.key, unit.name)), quote(unit.name)
    yield from _none(piece, f"没有{field.name}单位" if field.key != "unit" else "没有写单位")


def _unit_note(unit: Unit, count: int) -> str:
    also = f"，又名 {'、'.join(unit.aliases[:2])}" if unit.aliases else ""
    return f"{count} 条{also}"


def _none(piece: Piece, note: str) -> _Found:
    typed = fold(piece.typed)
    if not piece.quoted and any(word.startswith(typed) for word in ("无", *_DATE_WORDS["无"])):
        yield "无", note, "无"


def _choices(field: Field, piece: Piece, present: Present) -> _Found:
    known = beginning_with(field.kind, piece.typed)
    if field.kind == "light":
        known = _lights(piece, present)
    for word in known:
        text = _light_text(word, present) if field.kind == "light" else word
        if text:
            yield text, _counted(present, field.key, word), quote(text)


def _lights(piece: Piece, present: Present) -> tuple[str, ...]:
    """Lights by a city's own names for them, then by the language's words."""
    typed, names = fold(piece.typed), present.context.light_names
    own = [light.value for light in Light if typed in fold(names.of(light))]
    left = {*own, *beginning_with("light", piece.typed)}
    # What is red is looked for most.
    return tuple(light.value for light in reversed(Light) if light.value in left)


def _light_text(word: str, present: Present) -> str:
    """How a light is typed: by the city's own name, else by another that means it alone."""
    light = Light(word)
    english = {Light.GREEN: "green", Light.YELLOW: "yellow", Light.RED: "red"}.get(light, "unreported")
    for name in (present.context.light_names.of(light), word, english):
        if choices_meant("light", name, present.context) == {word}:
            return name
    return ""


def _titles(field: Field, piece: Piece, present: Present) -> _Found:
    titles: tuple[Title, ...] = present.sections if field.key == "section" else present.chapters
    folded = fold(piece.typed)
    typed = folded.replace("ü", "v").replace("'", "") if folded.isascii() else ""
    for title in titles:
        if title.fits(folded, typed):
            yield title.text, _counted(present, field.key, title.text), quote(title.text)
    yield from _none(piece, f"不属于任何{field.name}")


def _numbers(piece: Piece, sign: str, present: Present) -> _Found:
    typed = fold(piece.typed).replace("。", ".")
    if ".." in typed:
        return
    whole, point, _ = typed.partition(".")
    if point and sign == ":":
        found: Iterable[tuple[str, str]] = present.items(whole)
    else:
        found = present.numbers
    # The number itself first where it is one, then those that it begins.
    for number, title in islice((one for one in found if one[0].startswith(typed)), LIMIT):
        yield number, title, quote(number)


def _counted(present: Present, key: str, value: str) -> str:
    return f"{present.count(key, value)} 条"


# ------------------------------------------------------------------ dates


def _dates(field: Field, sign: str, piece: Piece, present: Present) -> _Found:
    typed = fold(piece.typed).replace("。。", "..")
    start, dots, end = typed.rpartition("..")
    if dots and sign != ":":
        return
    lead = f"{start}.." if dots else ""
    words = [*field.values, *_NOW] if sign == ":" and not dots else [*_NOW]
    if sign != ":":
        words += ["30d", "90d"]
    for word in words:
        if word.startswith(end) or any(each.startswith(end) for each in _DATE_WORDS[word]):
            yield _dated(field, sign, lead + word, present)
    for word in _spans(end, present):
        yield _dated(field, sign, lead + word, present)


def _spans(typed: str, present: Present) -> Iterator[str]:
    """Years, quarters and months that what was typed may become."""
    typed = typed.removesuffix("年")
    years = [str(year) for year in present.years]
    if len(typed) < 4:
        yield from (year for year in years if year.startswith(typed))
        if not typed:
            today = present.today
            yield f"{today.year}Q{(today.month + 2) // 3}"
            yield f"{today:%Y-%m}"
        return
    year = typed[:4]
    if not (year.isascii() and year.isdigit()):
        return
    shapes = [year, *(f"{year}Q{n}" for n in range(1, 5)), *(f"{year}-{n:02}" for n in range(1, 13))]
    yield from (shape for shape in shapes if shape.casefold().startswith(typed))


def _dated(field: Field, sign: str, word: str, present: Present) -> tuple[str, str, str]:
    note = _DATE_NOTES.get((field.key, word)) or _span_note(field, sign, word, present)
    count = present.known_count(field.key, sign, word)
    return word, f"{note}，{count} 条" if count is not None else note, word


def _span_note(field: Field, sign: str, word: str, present: Present) -> str:
    past = field.kind == "past"
    try:
        days = parse_day_range(word, present.today, past=past)
    except UsageError:
        return ""
    if sign != ":":
        # 30d is one day to compare with, not the days up to it.
        day = days.start if sign in ("<", ">=") else days.end
        if word.endswith("d"):
            day = days.start if past else days.end
        words = {"<": "以前", "<=": "及以前", ">": "以后", ">=": "及以后"}
        return f"{day}{words[sign]}"
    if days.start == days.end:
        return str(days.start)
    return f"{days.start or '最早'} 至 {days.end or '最后'}"

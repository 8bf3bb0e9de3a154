"""What may stand as a value of each kind of field: names, words, titles, numbers and dates, best first."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_tui.domain.deadlines.dates import parse_day_range
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.query.completion_source import CompletionSource, Title
from fazhi_tui.domain.query.fields import Field, beginning_with, english_name
from fazhi_tui.domain.query.syntax import Piece, quote
from fazhi_tui.domain.query.values import choices_meant
from fazhi_tui.domain.text.folding import fold_text

#: More than these nobody reads: one types another letter.
LIMIT = 30
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


#: Shown, note, text as it is typed.
_Found = Iterator[tuple[str, str, str]]


def candidates(field: Field, sign: str, piece: Piece, source: CompletionSource) -> _Found:
    """What may stand there as it is shown, its note, and as it is typed; not yet asked of the language."""
    match field.kind:
        case "unit":
            return _units(field, piece, source)
        case "date" | "past":
            return _dates(field, sign, piece, source)
        case "text":
            return _titles(field, piece, source)
        case "id":
            return _numbers(piece, sign, source)
        case _:
            return _choices(field, piece, source)


def meant_by(field: Field, typed: str, source: CompletionSource) -> frozenset[str]:
    """What a value means as it was typed, by the names that are offered; empty where there is no telling."""
    if not typed:
        return frozenset()
    if field.kind == "unit":
        return source.context.index.matching(typed)
    if field.kind == "light":
        meant = choices_meant("light", typed, source.context)
        return frozenset(_light_text(word, source) for word in meant)
    if field.kind in ("status", "kind"):
        return choices_meant(field.kind, typed, source.context)
    return frozenset()


def _units(field: Field, piece: Piece, source: CompletionSource) -> _Found:
    if piece.typed:
        ranked = source.context.index.search(piece.typed)
        # Who has nothing in this role comes last, but is there: a filter may well keep nothing.
        units = sorted(ranked[: 2 * LIMIT], key=lambda unit: not source.count(field.key, unit.name))
    else:
        units = list(source.units_of(field.key))
    for unit in units:
        other = [name.name for name in source.context.index.others.get(unit.name, ())]
        also = f"，又名 {'、'.join([*unit.aliases, *other][:2])}" if unit.aliases or other else ""
        yield unit.name, counted(source, field.key, unit.name) + also, quote(unit.name)
    yield from _none(piece, f"没有{field.name}单位" if field.key != "unit" else "没有写单位")


def _none(piece: Piece, note: str) -> _Found:
    typed = fold_text(piece.typed)
    if not piece.quoted and any(word.startswith(typed) for word in ("无", *_DATE_WORDS["无"])):
        yield "无", note, "无"


def _choices(field: Field, piece: Piece, source: CompletionSource) -> _Found:
    known = beginning_with(field.kind, piece.typed)
    if field.kind == "light":
        # By a city's own names for them too; what is red is looked for most.
        typed, names = fold_text(piece.typed), source.context.light_names
        left = {*known, *(light.value for light in Light if typed in fold_text(names.of(light)))}
        known = tuple(light.value for light in reversed(Light) if light.value in left)
    for word in known:
        text = _light_text(word, source) if field.kind == "light" else word
        if text:
            yield text, counted(source, field.key, word), quote(text)


def _light_text(word: str, source: CompletionSource) -> str:
    """How a light is typed: by the city's own name, else by another that means it alone."""
    light = Light(word)
    for name in (source.context.light_names.of(light), word, english_name("light", word)):
        if choices_meant("light", name, source.context) == {word}:
            return name
    return ""


def _titles(field: Field, piece: Piece, source: CompletionSource) -> _Found:
    titles: tuple[Title, ...] = source.sections if field.key == "section" else source.chapters
    folded = fold_text(piece.typed)
    typed = folded.replace("ü", "v").replace("'", "")
    for title in titles:
        if title.fits(folded, typed if typed.isascii() else ""):
            yield title.text, counted(source, field.key, title.text), quote(title.text)
    yield from _none(piece, f"不属于任何{field.name}")


def _numbers(piece: Piece, sign: str, source: CompletionSource) -> _Found:
    typed = fold_text(piece.typed).replace("。", ".")
    if ".." in typed:
        return
    whole, point, _ = typed.partition(".")
    found = source.items(whole) if point and sign == ":" else source.numbers
    # The number itself first where it is one, then those that it begins.
    for number, title in found:
        if number.startswith(typed):
            yield number, title, quote(number)


def counted(source: CompletionSource, key: str, value: str) -> str:
    """How many rows have a value, as a note."""
    return f"{source.count(key, value)} 条"


# ------------------------------------------------------------------ dates


def _dates(field: Field, sign: str, piece: Piece, source: CompletionSource) -> _Found:
    typed = fold_text(piece.typed).replace("。。", "..")
    start, dots, end = typed.rpartition("..")
    if dots and sign != ":":
        return
    lead = f"{start}.." if dots else ""
    words = [*field.values, *_NOW] if sign == ":" and not dots else [*_NOW]
    if sign != ":":
        words += ["30d", "90d"]
    for word in words:
        if word.startswith(end) or any(name.startswith(end) for name in _DATE_WORDS[word]):
            yield _dated(field, sign, lead + word, source)
    for word in _spans(end, source):
        yield _dated(field, sign, lead + word, source)


def _spans(typed: str, source: CompletionSource) -> Iterator[str]:
    """Years, quarters and months that what was typed may become."""
    typed = typed.removesuffix("年")
    years = [str(year) for year in source.years]
    if len(typed) < 4:
        yield from (year for year in years if year.startswith(typed))
        if not typed:
            today = source.context.today
            yield f"{today.year}Q{(today.month + 2) // 3}"
            yield f"{today:%Y-%m}"
        return
    year = typed[:4]
    if not (year.isascii() and year.isdigit()):
        return
    shapes = [year, *(f"{year}Q{n}" for n in range(1, 5)), *(f"{year}-{n:02}" for n in range(1, 13))]
    yield from (shape for shape in shapes if shape.casefold().startswith(typed))


def _dated(field: Field, sign: str, word: str, source: CompletionSource) -> tuple[str, str, str]:
    note = _DATE_NOTES.get((field.key, word)) or _span_note(field, sign, word, source)
    count = source.known_count(field.key, sign, word)
    return word, f"{note}，{count} 条" if count is not None else note, word


def _span_note(field: Field, sign: str, word: str, source: CompletionSource) -> str:
    past = field.kind == "past"
    try:
        days = parse_day_range(word, source.context.today, past=past)
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

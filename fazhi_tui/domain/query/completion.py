"""Completing a query while it is typed: what may stand at the cursor, best first.  Pure.

Only what the language takes is offered: with a suggestion put in, the term parses or is the beginning of
one that can, and nothing outside the replaced span has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from fazhi_tui.domain.model.errors import QueryError
from fazhi_tui.domain.query.candidates import LIMIT, candidates, counted, meant_by
from fazhi_tui.domain.query.completion_source import CompletionSource
from fazhi_tui.domain.query.fields import FIELDS, Field, beginning_with, field_named, fields_beginning_with
from fazhi_tui.domain.query.language import parse
from fazhi_tui.domain.query.syntax import Piece, RawTerm, quote, scan, sign_end, value_at
from fazhi_tui.domain.text.folding import fold_text

#: How many bodies a bare word is completed by, each in one or two fields.
_BARE_UNITS = 4
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


def complete(text: str, cursor: int, source: CompletionSource, limit: int = LIMIT) -> tuple[Suggestion, ...]:
    """What may be put in at the cursor, best first; empty where nothing can be."""
    cursor = min(max(cursor, 0), len(text))
    term = next((term for term in scan(text) if term.start <= cursor <= term.end), None)
    if term is None:
        found = _fields("", Piece(cursor, cursor, "", True, False))
    else:
        found = _in_term(text, cursor, term, source)
    changing = (offer for offer in found if offer.applied(text) != text)
    return tuple(islice(changing, limit))


def _in_term(text: str, cursor: int, term: RawTerm, source: CompletionSource) -> Iterator[Suggestion]:
    head = term.start + term.negated
    if cursor < head:
        return iter(())
    if term.name is None:
        piece = value_at(text, head, cursor)
        if piece is None or not piece.first or piece.quoted:
            return iter(())
        if not piece.typed and piece.end > piece.start:
            return iter(())
        return _that_parse(text, term.start, _bare(piece, source), source)
    name_end = term.name_start + len(term.name)
    if cursor <= name_end:
        typed = text[term.name_start : cursor]
        named = Piece(term.name_start, name_end, typed, True, False)
        renamed = (offer._replace(text=offer.text.removesuffix(":")) for offer in _fields(typed, named))
        return _that_parse(text, term.start, renamed if typed else iter(()), source)
    start = sign_end(text, name_end)
    piece = value_at(text, start, cursor)
    if piece is None:
        return iter(())
    field = field_named(term.name)
    if field is not None:
        # Whether the term would parse if the piece under the cursor were something that always does.
        probed = text[: piece.start] + _PROBES[field.kind] + text[piece.end :]
        if not _parses(probed, term.start, source):
            return iter(())
        # What is asked for already is not offered once more.
        asked = {value.text for value in term.values if value.start != piece.start}
        return (offer for offer in _values(field, term.sign, piece, source) if offer.shown not in asked)
    # zt:tj is 状态:推进中 to somebody who types pinyin.
    meant = fields_beginning_with(term.name)
    if not meant or not piece.first:
        return iter(())
    known = meant[0]
    sign = text[name_end:start]
    found = (
        offer._replace(
            shown=f"{known.name}{sign}{offer.shown}",
            start=term.name_start,
            text=f"{known.name}{sign}{offer.text}",
        )
        for offer in _values(known, term.sign, piece, source)
    )
    return _that_parse(text, term.start, found, source)


def _parses(text: str, start: int, source: CompletionSource) -> bool:
    term = next(scan(text[start:]), None)
    if term is None:
        return False
    try:
        parse(text[start : start + term.end], source.context)
    except QueryError:
        return False
    return True


def _that_parse(
    text: str, start: int, found: Iterable[Suggestion], source: CompletionSource
) -> Iterator[Suggestion]:
    """Those that give a term which parses, or would with a value behind them."""
    for offer in found:
        after = offer.applied(text)
        if _parses(after, start, source):
            yield offer
            continue
        field = field_named(offer.text.removesuffix(":"))
        if field is not None and offer.text.endswith(":"):
            probed = after[: offer.cursor] + _PROBES[field.kind] + after[offer.cursor :]
            if _parses(probed, start, source):
                yield offer


# ------------------------------------------------------------------ fields and bare words


def _fields(typed: str, piece: Piece) -> Iterator[Suggestion]:
    for field in fields_beginning_with(typed):
        text = f"{field.name}:"
        yield Suggestion(text, f"{field.help}，如 {field.example}", piece.start, piece.end, text)


def _bare(piece: Piece, source: CompletionSource) -> Iterator[Suggestion]:
    """What a bare word may have been meant for: a field, a body, a status or a kind of note."""
    typed = fold_text(piece.typed)
    yield from _fields(piece.typed, piece)
    if not typed or (typed.isascii() and len(typed) < 2):
        return
    named = [unit for unit in source.context.index.search(piece.typed) if source.count("unit", unit.name)]
    found = [
        (key, unit.name, f"{FIELDS[key].help} {count} 条")
        for unit in named[:_BARE_UNITS]
        for key in ("lead", "unit")
        if (count := source.count(key, unit.name))
    ]
    if len(typed) > 1:
        for key in ("status", "kind"):
            words = beginning_with(key, typed)[:_BARE_UNITS]
            found += [(key, word, counted(source, key, word)) for word in words]
    for key, value, note in found:
        text = f"{FIELDS[key].name}:{quote(value)}"
        yield Suggestion(text, note, piece.start, piece.end, text)


# ------------------------------------------------------------------ values of a field


def _values(field: Field, sign: str, piece: Piece, source: CompletionSource) -> Iterator[Suggestion]:
    """What the language takes here; a field that is not ordered takes nothing after ``<``."""
    if sign != ":" and not field.ordered:
        return
    meant = meant_by(field, piece.typed, source)
    for shown, note, text in candidates(field, sign, piece, source):
        value = next((value for raw in scan(text) for value in raw.values), None)
        if value is not None and source.accepts(field, sign, value):
            yield Suggestion(shown, note, piece.start, piece.end, text, meant == {value.text})

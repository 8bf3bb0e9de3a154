"""Queries: read, asked, written, and changed one field at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import itemgetter
from typing import NamedTuple

from fazhi_tui.domain.model.errors import QueryError, UsageError
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.query.facet_counts import FilterResult, filter_rows
from fazhi_tui.domain.query.fields import FIELDS, Field, field_named, nearest_field
from fazhi_tui.domain.query.prepared_row import PreparedRow, prepare
from fazhi_tui.domain.query.syntax import RawTerm, Value, quote, scan
from fazhi_tui.domain.query.values import Context, Test, test_for, word_test


class Term(NamedTuple):
    """One condition: any of ``values``, of a field (its key) or, without one, anywhere."""

    negated: bool
    field: str | None
    sign: str
    values: tuple[Value, ...]

    def render(self) -> str:
        """The term in the language's plain form."""
        name = FIELDS[self.field].name + self.sign if self.field else ""
        return ("-" if self.negated else "") + name + ",".join(value.render() for value in self.values)


class Query:
    """What was asked: all of its terms must hold.  Two that ask the same in the same order are equal."""

    __slots__ = ("_tests", "terms")

    def __init__(self, asked: Sequence[tuple[Term, Test]]) -> None:
        self.terms = tuple(term for term, _ in asked)
        self._tests = tuple((test, term.negated) for term, test in asked)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Query) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(self.terms)

    def __repr__(self) -> str:
        return f"<Query {self.render()}>"

    def matches(self, row: Row) -> bool:
        """Whether the query keeps a row."""
        prepared = prepare(row)
        return all(test(prepared) is not negated for test, negated in self._tests)

    def select(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows kept, in their order."""
        if not self.terms:
            return tuple(rows)
        left = [(row, prepare(row)) for row in rows]
        for test, negated in self._tests:
            left = [pair for pair in left if test(pair[1]) is not negated]
        return tuple(map(itemgetter(0), left))

    def filter(self, rows: Sequence[Row], prepared: Sequence[PreparedRow] | None = None) -> FilterResult:
        """The rows kept, and those kept without each field's own terms; every row is asked once.

        ``prepared`` is what :func:`prepare` makes of each row, for those who have it at hand.
        """
        by_field: dict[str, list[Test]] = {}
        prepared = [prepare(row) for row in rows] if prepared is None else prepared
        for term, (test, negated) in zip(self.terms, self._tests, strict=True):
            if term.field is not None and not negated:
                by_field.setdefault(term.field, []).append(test)
                continue
            keeps = [test(row) is not negated for row in prepared]
            rows, prepared = list(compress(rows, keeps)), list(compress(prepared, keeps))
        return filter_rows(rows, prepared, by_field)

    def render(self) -> str:
        """The query in the language's plain form; parsed again it is equal to this one."""
        return " ".join(term.render() for term in self.terms)


def parse(text: str, context: Context) -> Query:
    """Read a query.

    Raises :class:`QueryError` for the first mistake, with its place in ``text``.
    """
    return Query([_term(raw, text, context) for raw in scan(text)])


def _term(raw: RawTerm, text: str, context: Context) -> tuple[Term, Test]:
    known = None
    if raw.name is not None:
        known = field_named(raw.name)
        if known is None:
            raise _unknown_field(raw, text)
    if raw.mistake:
        mistake = raw.mistake
        example = f"，如 {known.example}" if known and not raw.values else ""
        raise QueryError(mistake.message, mistake.hint + example, start=mistake.start, end=mistake.end)
    values = tuple(raw.values)
    for value in values:
        _refuse_condition_in(value, known)
    if known is None:
        tests = tuple(word_test(value, context) for value in values)
    else:
        if raw.sign != ":" and not known.ordered:
            hint = f"用冒号，如 {known.example}"
            end = values[0].start
            message = f"「{known.name}」不能用 {raw.sign} 比较"
            raise QueryError(message, hint, start=raw.name_start, end=end)
        tests = tuple(test_for(known, raw.sign, value, context) for value in values)
    test: Test = tests[0] if len(tests) == 1 else lambda row: any(asked(row) for asked in tests)
    return Term(raw.negated, known.key if known else None, raw.sign, values), test


def _unknown_field(raw: RawTerm, text: str) -> QueryError:
    name = raw.name or ""
    near = nearest_field(name)
    fields = "、".join(known.name for known in FIELDS.values())
    advice = f"是不是「{near.name}」？" if near else f"字段有：{fields}。"
    literal = quote(text[raw.name_start : raw.end])
    return QueryError(
        f"没有叫「{name}」的字段",
        f"{advice}要按原文查找，请加引号：{literal}",
        start=raw.name_start,
        end=raw.name_start + len(name),
    )


def _refuse_condition_in(value: Value, known: Field | None) -> None:
    """Refuse ``状态:推进中,灯:红`` and ``复议,灯:红``: a comma joins values of one field alone."""
    if value.quoted:
        return
    inner = next((term for term in scan(value.text) if term.name is not None), None)
    if inner is not None and (known is None or field_named(inner.name or "")):
        raise QueryError(
            f"「{value.text}」里又有一个条件",
            f"不同的条件用空格隔开；要按原文查找，请加引号：{quote(value.text)}",
            start=value.start,
            end=value.end,
        )


# ------------------------------------------------------------------ one field at a time


def with_term(text: str, field: str, value: str | Sequence[str]) -> str:
    """The query text with one field asked for ``value`` (several: any of them), all else as it was typed.

    The field's first term is replaced where it stands, its others are dropped; a new one goes to the
    end, or to the beginning where a quote is left open.  Excluding terms (``-牵头:…``) stay.  Works in a
    text with mistakes too.  ``field`` is any name of it and is written as given.
    Raises :class:`UsageError` if there is no such field.
    """
    values = [value] if isinstance(value, str) else list(value)
    term = f"{field}:{','.join(map(quote, values))}"
    return _replaced(text, field, term) if any(values) else without_field(text, field)


def without_field(text: str, field: str) -> str:
    """The query text without a field's terms (excluding ones stay), all else as it was typed.

    Raises :class:`UsageError` if there is no such field.
    """
    return _replaced(text, field, "")


def values_of(text: str, field: str) -> tuple[str, ...]:
    """The values that a query asks of a field (any of them will do), as typed; excluding terms are left out.

    A comparison (``截止<2023``) is no value.  Raises :class:`UsageError` if there is no such field.
    """
    wanted = _known_field(field)
    return tuple(
        value.text
        for raw in scan(text)
        if raw.name is not None
        and not raw.negated
        and raw.sign == ":"
        and raw.mistake is None
        and field_named(raw.name) is wanted
        for value in raw.values
    )


def words_of(text: str) -> tuple[str, ...]:
    """The bare words that a query looks for, as typed; those that it excludes are left out."""
    terms = (raw for raw in scan(text) if raw.name is None and not raw.negated and raw.mistake is None)
    return tuple(dict.fromkeys(value.text for raw in terms for value in raw.values if value.text))


def _known_field(name: str) -> Field:
    known = field_named(name)
    if known is None:
        raise UsageError(f"没有叫「{name}」的字段", f"字段有：{'、'.join(f.name for f in FIELDS.values())}")
    return known


def _replaced(text: str, name: str, term: str) -> str:
    wanted = _known_field(name)
    kept: list[str] = []
    place = 0
    unclosed = False
    for raw in scan(text):
        gap, typed = text[place : raw.start], text[raw.start : raw.end]
        place = raw.end
        if raw.negated or raw.name is None or field_named(raw.name) is not wanted:
            kept.append(gap + typed)
            unclosed = raw.unclosed
        elif term:
            kept.append(gap + term)
            term = ""
        elif not kept:
            # What was first goes with the blank after it.
            place = len(text) - len(text[place:].lstrip())
    kept.append(text[place:])
    joined = "".join(kept)
    if not term:
        return joined
    if unclosed:
        return f"{term} {joined}"
    return joined + term if not joined or joined[-1].isspace() else f"{joined} {term}"

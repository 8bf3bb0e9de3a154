"""Asking the record: whose commits, of what kind, since when, about which measures, changing which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from fazhi_tui.domain.deadlines.dates import parse_day_range
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.model.repository import CommitKind, Event
from fazhi_tui.domain.query.fields import field_named
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.loader import load_files
from fazhi_tui.service.reporting.compare import measure_changes
from fazhi_tui.service.view import View
from fazhi_tui.vcs.file_history import plan_edits
from fazhi_tui.vcs.trailers import split_measures

if TYPE_CHECKING:
    from fazhi_tui.vcs.repository import Repository

#: The terms of the record's own language; every other field is one of the filter language.
_TERMS = {
    "kind": "kind",
    "类型": "kind",
    "by": "by",
    "单位": "by",
    "since": "since",
    "自": "since",
    "until": "until",
    "至": "until",
    "field": "field",
    "项": "field",
}
_TERM = re.compile(r"([^:：]+)[:：](.*)", re.DOTALL)
_SPAN = re.compile(r"(\S*?)[.。]{2}(\S*)")


@dataclass(frozen=True)
class LogQuery:
    """What is asked of the record; None and empty ask for nothing.

    ``measures`` are numbers, ``by`` a canonical unit, ``since`` and ``until`` days (both included), ``field``
    a key of the files (截止, 牵头单位, 状态), ``words`` stand in the subject, ``revisions`` is a range for
    git.
    """

    measures: frozenset[str] | None = None
    kind: str = ""
    by: str = ""
    since: date | None = None
    until: date | None = None
    field: str = ""
    words: tuple[str, ...] = ()
    revisions: str = ""


def parse_log_query(view: View, typed: Sequence[str]) -> LogQuery:
    """Understand the words of ``fazhi log``: numbers, units, ``A..B``, its own terms, the filter language.

    Raises :class:`UsageError` for what is no day, kind, unit or field.
    """
    asked = LogQuery()
    filters: list[str] = []
    numbers: set[str] = set()
    for word in (part for text in typed for part in text.split()):
        term = _TERM.fullmatch(word)
        name = _TERMS.get(term[1].lower()) if term else None
        if term and name:
            asked = _with_term(view, asked, name, term[2])
        elif term and field_named(term[1]) is not None:
            filters.append(word)
        elif span := _SPAN.fullmatch(word):
            asked = _with_span(view, asked, span[1], span[2])
        elif word.rstrip(".").isdecimal():
            numbers.add(view.row(word).measure.id)
        elif (unit := view.index.get(word)) is not None:
            asked = replace(asked, by=unit.name)
        else:
            asked = replace(asked, words=(*asked.words, word))
    if filters:
        kept = {row.measure.id for row in view.select(" ".join(filters))}
        numbers = numbers & kept if numbers else kept
        asked = replace(asked, measures=frozenset(numbers))
    elif numbers:
        asked = replace(asked, measures=frozenset(numbers))
    return asked


def _with_term(view: View, asked: LogQuery, name: str, value: str) -> LogQuery:
    if not value.strip():
        raise UsageError(
            f"「{name}:」后面没有写值", "例如 by:市司法局、since:2023-03-01、kind:催办、field:截止"
        )
    match name:
        case "kind":
            return replace(asked, kind=_kind(value))
        case "by":
            return replace(asked, by=view.index.resolve(value).name)
        case "field":
            return replace(asked, field=value)
        case _:
            found = parse_day_range(value, view.today, past=True)
            return replace(asked, since=found.start) if name == "since" else replace(asked, until=found.end)


def _kind(value: str) -> str:
    known = (
        *(kind.value for kind in NoteKind),
        CommitKind.UNDO,
        CommitKind.RATIFY,
        CommitKind.IMPORT,
        CommitKind.AMEND,
        CommitKind.SETTINGS,
        CommitKind.UNITS,
        CommitKind.VIEW,
    )
    if value in known:
        return value
    raise UsageError(f"没有「{one_line(value, 20)}」这一类", f"可以写：{'、'.join(known)}")


def _with_span(view: View, asked: LogQuery, start: str, end: str) -> LogQuery:
    """``A..B`` between two days, or between two revisions."""
    try:
        found = parse_day_range(f"{start}..{end}", view.today, past=True)
    except UsageError:
        return replace(asked, revisions=f"{start}..{end}")
    return replace(asked, since=found.start, until=found.end)


def query_record(repository: Repository, view: View, typed: Sequence[str]) -> tuple[Event, ...]:
    """The events that the words of ``fazhi log`` ask for, newest first.

    One pass over history; where a field is asked for, one more over the plan's own changes.
    """
    asked = parse_log_query(view, typed)
    events = repository.events_in(asked.revisions) if asked.revisions else repository.events()
    fields: dict[str, frozenset[str]] = {}
    if asked.field:
        for commit, path, before, after in plan_edits(repository.runner, asked.revisions):
            fields[commit] = fields.get(commit, frozenset()) | changed_fields(before, after, path)
    return select_events(events, asked, fields, view)


def select_events(
    events: Iterable[Event], asked: LogQuery, fields: Mapping[str, frozenset[str]], view: View
) -> tuple[Event, ...]:
    """The events that a query keeps, in their order.  ``fields`` maps a commit to the fields it changed."""
    return tuple(
        event for event in events if _keeps(event, asked, fields.get(event.commit, frozenset()), view)
    )


def _keeps(event: Event, asked: LogQuery, fields: frozenset[str], view: View) -> bool:
    day = event.time.date()
    if (asked.since and day < asked.since) or (asked.until and day > asked.until):
        return False
    if asked.kind and event.kind != asked.kind:
        return False
    if asked.by and view.index.canonical(event.unit) != asked.by:
        return False
    if asked.measures is not None and asked.measures.isdisjoint(measures_of(event)):
        return False
    if asked.field and not any(asked.field in field for field in (*fields, *fields_of_note(event))):
        return False
    return all(word.casefold() in event.subject.casefold() for word in asked.words)


def measures_of(event: Event) -> frozenset[str]:
    """The measures that a commit is about: by its trailer, and by the files it changed."""
    found = set(split_measures(event.measure))
    for path in event.paths:
        parts = path.split("/")
        stem = parts[1] if parts[0] == "status" and len(parts) > 2 else ""
        if parts[0] == "plan" and len(parts) == 2 and parts[1].endswith(".yaml"):
            stem = parts[1].removesuffix(".yaml")
        if stem[:1].isdigit():
            found.add(stem.lstrip("0"))
    return frozenset(found)


def fields_of_note(event: Event) -> tuple[str, ...]:
    """What a note changes about its measure, by its trailers: 状态; 截止 where an extension was granted."""
    fields = ("状态",) if event.status else ()
    return (*fields, "截止") if event.kind == NoteKind.GRANT_EXTENSION else fields


def changed_fields(before: bytes, after: bytes, path: str) -> frozenset[str]:
    """The keys in which two versions of a measure's file differ; empty where either is no measure."""
    measures: list[Measure] = []
    for data in (before, after):
        found = load_files({path: data}).measures
        if not found:
            return frozenset()
        measures.append(found[0])
    return frozenset(change.field for change in measure_changes(*measures))

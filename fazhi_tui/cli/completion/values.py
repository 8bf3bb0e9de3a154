"""What a parameter can be completed by: what the tracker holds, and the words of our own tables.

Each gives (value, explanation) of everything that may stand where ``incomplete`` stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from fazhi_tui.cli.options import place_of
from fazhi_tui.domain.model.note import NoteKind, Status

if TYPE_CHECKING:
    from fazhi_tui.domain.query.completion import Suggestion
    from fazhi_tui.records.fields import Field
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View

#: Value, explanation.
Pairs = list[tuple[str, str]]
#: More than a screen has room for: a shell asks before it lists so many.
_MOST = 1000


def _reader(context: typer.Context) -> Reader:
    before = context.parent.params if context.parent else {}
    repo = context.params.get("repo") or before.get("repo")
    return replace(place_of(context), repo=repo).open()


def _view(context: typer.Context) -> View:
    return _reader(context).load()


def _beginning(incomplete: str, pairs: Iterable[tuple[str, str]]) -> Pairs:
    return [pair for pair in pairs if pair[0].startswith(incomplete)]


def complete_measure(context: typer.Context, incomplete: str) -> Pairs:
    """Numbers of measures, with their titles."""
    measures = (row.measure for row in _view(context).rows)
    return _beginning(incomplete, ((measure.id, measure.display_title) for measure in measures))


def complete_item(context: typer.Context, incomplete: str) -> Pairs:
    """Items of the measures that stand on the line, of all where none does."""
    # While an option's value is completed, the words are not yet told apart from what else is left.
    asked = {*(context.params.get("words") or ()), *context.args}
    measures = [row.measure for row in _view(context).rows if not asked or row.measure.id in asked]
    return _beginning(incomplete, ((item.id, item.content) for measure in measures for item in measure.items))


def complete_unit(context: typer.Context, incomplete: str) -> Pairs:
    """Names of units, with their aliases; those of other days, with the one of the day.

    Where no name begins so, those that are meant by a part, by pinyin or its initials.
    """
    index = _view(context).index
    named = [(unit.name, "、".join(unit.aliases)) for unit in index.units]
    named += [(other.name, f"即 {name}") for name, others in index.others.items() for other in others]
    meant = _beginning(incomplete, named)
    return meant or [(unit.name, "、".join(unit.aliases)) for unit in index.search(incomplete)]


def complete_listed(
    complete: Callable[[typer.Context, str], Pairs], marks: str = ",，、"
) -> Callable[[typer.Context, str], Pairs]:
    """The last of several in one word, by what completes each; ``marks`` part them."""

    def complete_last(context: typer.Context, incomplete: str) -> Pairs:
        start = 1 + max(incomplete.rfind(mark) for mark in marks)
        named = re.split(f"[{marks}]", incomplete[:start])
        found = complete(context, incomplete[start:])
        return [(incomplete[:start] + value, text) for value, text in found if value not in named]

    return complete_last


complete_measures = complete_listed(complete_measure)
complete_units_listed = complete_listed(complete_unit)
#: Whose they will be may stand before them: ``乙局=3,5``.
complete_shares = complete_listed(complete_measure, ",，、=＝")


def complete_assignment(context: typer.Context, incomplete: str) -> Pairs:
    """What ``--set`` takes: a key of the measure or of one of its items, then the words that it may have."""
    from fazhi_tui.domain.model.measure import Item, Measure
    from fazhi_tui.service.plan.amend import settable
    from fazhi_tui.service.plan.measure_file import ROLES

    asked = {context.params.get("number"), *context.args}
    items = [item for row in _view(context).rows if row.measure.id in asked for item in row.measure.items]
    key, sign, typed = incomplete.partition("＝" if "＝" in incomplete else "=")
    fields = settable(Measure)
    fields |= {f"{item.id}.{name}": field for item in items for name, field in settable(Item).items()}
    if not sign:
        return _beginning(incomplete, ((f"{name}=", field.doc) for name, field in fields.items()))
    if key not in fields:
        return []
    field = fields[key]
    found = complete_units_listed(context, typed) if field.name in ROLES else _words_of(field, typed)
    return [(f"{key}{sign}{value}", text) for value, text in found]


def _words_of(field: Field, incomplete: str) -> Pairs:
    """The words of a field that takes no others."""
    values = ["是", "否"] if field.kind == "bool" else []
    values += [member.value for member in field.cls] if field.kind == "enum" else []
    return _beginning(incomplete, ((value, "") for value in values))


def complete_into(context: typer.Context, incomplete: str) -> Pairs:
    """What a measure is split into: itself and the next free number; of merged ones, each of these."""
    from fazhi_tui.service.plan.structure import next_number

    def parts(_context: typer.Context, begun: str) -> Pairs:
        merged, split = context.params.get("merge"), context.params.get("split")
        if merged:
            return _beginning(begun, ((number, "") for number in re.split("[,，、]", merged)))
        own = [(split, "原来的一条")] if split else []
        return _beginning(begun, [*own, (next_number(_reader(context)), "下一个没有用过的")])

    return complete_listed(parts)(context, incomplete)


def complete_view(context: typer.Context, incomplete: str) -> Pairs:
    """Names of saved views, with their queries."""
    from fazhi_tui.service.plan.saved_views import kept_views

    kept = kept_views(_reader(context).root).views
    return _beginning(incomplete, ((saved.view.name, saved.view.query) for saved in kept))


def complete_views(context: typer.Context, incomplete: str) -> Pairs:
    """What ``fazhi views`` may be followed by: what is to be done, a view's name, a query."""
    words = context.params.get("words") or []
    if not words:
        return _beginning(incomplete, (("add", "存一个视图"), ("remove", "删去一个视图")))
    if len(words) == 1:
        return complete_view(context, incomplete)
    return complete_query(context, incomplete) if words[0] == "add" else []


def complete_setting(context: typer.Context, incomplete: str) -> Pairs:
    """What ``fazhi settings`` may be followed by: set, a setting's key, and of a few words those."""
    from fazhi_tui.service.plan.settings import NAMES_UNITS, setting_fields

    words = context.params.get("words") or []
    fields = {field.key: field for field in setting_fields()}
    if not words:
        return _beginning(incomplete, (("set", "改一项设置"),))
    if len(words) == 1:
        return _beginning(incomplete, ((key, field.doc) for key, field in fields.items()))
    field = fields.get(words[1])
    if field is None or len(words) > 2:
        return []
    if field.name in NAMES_UNITS:
        return (complete_units_listed if field.many else complete_unit)(context, incomplete)
    return _words_of(field, incomplete)


def complete_status(_context: typer.Context, incomplete: str) -> Pairs:
    """Every status."""
    return _beginning(incomplete, ((status.value, "") for status in Status))


def complete_kind(_context: typer.Context, incomplete: str) -> Pairs:
    """Every kind of note."""
    return _beginning(incomplete, ((kind.value, "") for kind in NoteKind))


def complete_commit(context: typer.Context, incomplete: str) -> Pairs:
    """The last commits of reports that can be taken back."""
    events = _reader(context).repository.events(limit=20)
    able = (event for event in events if event.measure and not event.undone_by and not event.undoes)
    return [(event.commit[:8], event.subject) for event in able if event.commit.startswith(incomplete)]


def complete_any_commit(context: typer.Context, incomplete: str) -> Pairs:
    """The last commits that nobody has ratified, and that ratify none."""
    events = _reader(context).repository.events(limit=100)
    able = (event for event in events if not event.ratified_by and not event.ratifies)
    return [(event.commit[:8], event.subject) for event in able if event.commit.startswith(incomplete)]


def complete_query(context: typer.Context, incomplete: str) -> Pairs:
    """What the filter language takes at the end of what was typed, as the screen's filter bar offers it."""
    from fazhi_tui.domain.query.completion import complete
    from fazhi_tui.service.preferences.completion_source import completion_source_of

    reader = _reader(context)
    source = completion_source_of(reader.load(), reader.user_store)
    offers = complete(incomplete, len(incomplete), source, _MOST)
    found = [(_spelled(offer, incomplete), offer.note) for offer in offers]
    # A shell puts in what all have in common: what was meant by part or by pinyin waits for want of the rest.
    return _beginning(incomplete, found) or found


def _spelled(offer: Suggestion, typed: str) -> str:
    """The query with a suggestion put in; a field by the name that was begun: ``le`` gives ``lead:``."""
    from fazhi_tui.domain.query.fields import field_named

    field = field_named(offer.text.removesuffix(":")) if offer.text.endswith(":") else None
    begun = typed[offer.start : offer.end]
    for name in (field.name, *field.aliases) if field else ():
        if name.startswith(begun):
            return offer._replace(text=f"{name}:").applied(typed)
    return offer.applied(typed)

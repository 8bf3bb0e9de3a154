"""Shell completion: what may follow the words typed so far.

The scripts hand over the line up to the cursor in ``_FAZHI_COMPLETE_LINE`` and get one candidate a
line: the value, a tab, an explanation.  The line is taken apart here, because bash cuts words at
every colon and ``牵头:市`` would reach it in three pieces.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from fazhi_tui.cli.output import out
from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View

_LINE, _SHELL = "_FAZHI_COMPLETE_LINE", "_FAZHI_COMPLETE_SHELL"


def asked() -> bool:
    """Whether this process was started by a completion script."""
    return _LINE in os.environ


def answer(group: Any) -> int:
    """Print what may come next on the line that the script handed over; gives the exit code.

    Nothing is said where the tracker cannot be read: completion must not disturb the line.
    """
    words, typed = split_line(os.environ[_LINE])
    try:
        found = candidates(group, words[1:], typed)
    except FazhiError:
        return 0
    hidden = _hidden_part(typed) if os.environ.get(_SHELL) == "bash" else ""
    for value, text in found:
        out(f"{one_line(value).removeprefix(hidden)}\t{one_line(text, 60)}")
    return 0


def split_line(line: str) -> tuple[list[str], str]:
    """The whole words of a command line and the word that the cursor is in (empty after a blank)."""
    import shlex

    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    open_quote = False
    try:
        words.extend(lexer)
    except ValueError:
        # An open quotation mark or a trailing backslash: what there is of the word is in the lexer.
        words.append(lexer.token)
        open_quote = True
    if words and (open_quote or not line[-1:].isspace()):
        return words[:-1], words[-1]
    return words, ""


def candidates(group: Any, words: list[str], typed: str) -> list[tuple[str, str]]:
    """(value, explanation) of everything that may stand where ``typed`` stands after ``words``."""
    from typer._click.shell_completion import ShellComplete

    from fazhi_tui.cli.command_table import shielded

    class Engine(ShellComplete):
        name = "fazhi"
        source_template = ""

        def source_vars(self) -> dict[str, Any]:
            return {}

        def get_completion_args(self) -> tuple[list[str], str]:
            return words, typed

        def format_completion(self, item: Any) -> str:
            return str(item.value)

    # A term turned round begins with "-" and is no option: marked as when the line is run.
    (marked,) = shielded([typed])
    found = Engine(group, {}, "fazhi", _LINE).get_completions(words, marked)
    extra = len(marked) - len(typed)
    return [(str(item.value)[extra:], _first_line(item.help)) for item in found if item.value]


def _first_line(text: str | None) -> str:
    return (text or "").partition("\n")[0].removesuffix("。")


def _hidden_part(typed: str) -> str:
    """What bash, which cuts words at colons, does not want to see again: all up to the last break."""
    breaks = os.environ.get("_FAZHI_COMPLETE_BREAKS", "")
    ends = [typed.rfind(mark) + 1 for mark in ":=<>" if mark in breaks]
    return typed[: max(ends, default=0)]


# ------------------------------------------------------------------ values, from the tracker itself


def _reader(context: typer.Context) -> Reader:
    from fazhi_tui.cli.options import open_reader

    before = context.parent.params if context.parent else {}
    return open_reader(context, context.params.get("repo") or before.get("repo"), None)


def _view(context: typer.Context) -> View:
    return _reader(context).load()


def complete_measure(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Numbers of measures, with their titles."""
    rows = _view(context).rows
    return [
        (row.measure.id, row.measure.display_title) for row in rows if row.measure.id.startswith(incomplete)
    ]


def complete_item(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Items of the measure that stands on the line."""
    measure = context.params.get("measure")
    rows = _view(context).rows
    return [
        (item.id, item.content)
        for row in rows
        if measure in (None, row.measure.id)
        for item in row.measure.items
        if item.id.startswith(incomplete)
    ]


def complete_unit(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Canonical names of units, with their aliases."""
    units = _view(context).index.units
    return [(one.name, "、".join(one.aliases)) for one in units if one.name.startswith(incomplete)]


def complete_view(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of saved views, with their queries."""
    from fazhi_tui.service.plan.saved_views import kept_views

    kept = kept_views(_reader(context).root).views
    return [(one.view.name, one.view.query) for one in kept if one.view.name.startswith(incomplete)]


def complete_views(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """What ``fazhi views`` may be followed by: what is to be done, a view's name, a query."""
    words = context.params.get("words") or []
    if not words:
        deeds = (("add", "存一个视图"), ("remove", "删去一个视图"))
        return [deed for deed in deeds if deed[0].startswith(incomplete)]
    if len(words) == 1:
        return complete_view(context, incomplete)
    return complete_query(context, incomplete) if words[0] == "add" else []


def complete_status(incomplete: str) -> list[str]:
    """Every status."""
    return _values(Status, incomplete)


def complete_kind(incomplete: str) -> list[str]:
    """Every kind of note."""
    return _values(NoteKind, incomplete)


def complete_shell(incomplete: str) -> list[str]:
    """The shells that have a script."""
    from fazhi_tui.cli.completion.shell_scripts import SCRIPTS

    return _values(SCRIPTS, incomplete)


def complete_commit(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The last commits of reports that can be taken back."""
    events: Iterable[Event] = _reader(context).repository.events(limit=20)
    return [
        (event.commit[:8], event.subject)
        for event in events
        if event.measure and not event.undone_by and not event.undoes and event.commit.startswith(incomplete)
    ]


def complete_query(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Fields of the filter language, and after a field's colon its values; the last one of a list."""
    from fazhi_tui.domain.query.fields import FIELDS, field_named
    from fazhi_tui.domain.query.syntax import quote

    # The cursor may stand in the second term of a quoted query.
    earlier, blank, term = incomplete.rpartition(" ")
    negation = "-" if term.startswith("-") else ""
    before = f"{earlier}{blank}{negation}"
    name, colon, value = term.removeprefix("-").partition(":")
    if not colon:
        return [
            (f"{before}{alias}:", f"{field.name}：{field.help}，如 {field.example}")
            for field in FIELDS.values()
            for alias in (field.name, *field.aliases)
            if alias.startswith(name) and (name or alias == field.name)
        ]
    field = field_named(name)
    if field is None:
        return []
    known, comma, last = value.rpartition(",")
    before = f"{before}{name}:{known}{comma}"
    return [
        (before + quote(one), text)
        for one, text in _field_values(_view(context), field.key, field.kind, field.values)
        if one.startswith(last)
    ]


def _field_values(view: View, key: str, kind: str, words: Iterable[str]) -> list[tuple[str, str]]:
    """What a field may be asked for: the words of its table, and names from the tracker."""
    found = [(str(word), "") for word in words]
    plan = view.tracker.plan
    if kind == "unit":
        found = [(one.name, "、".join(one.aliases)) for one in view.index.units] + found
    elif kind == "id":
        found = [(row.measure.id, row.measure.display_title) for row in view.rows]
    elif key == "chapter" and plan:
        found = [(chapter.title, "") for chapter in plan.chapters] + found
    elif key == "section" and plan:
        found = [
            (section, chapter.title) for chapter in plan.chapters for section in chapter.sections
        ] + found
    return found


def _values(values: Iterable[str], incomplete: str) -> list[str]:
    return [str(value) for value in values if str(value).startswith(incomplete)]

"""What a report begins with on the command line: a template, or a draft that is dropped."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fazhi_tui.cli.output import out
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.writer import Writer

if TYPE_CHECKING:
    from fazhi_tui.service.notes.drafts import Draft
    from fazhi_tui.service.view import View


def at_terminal() -> bool:
    """Whether a person is there to write."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def from_template(
    writer: Writer,
    view: View,
    numbers: tuple[str, ...],
    name: str,
    given: dict[str, object],
    *,
    must_be_whole: bool,
) -> dict[str, object]:
    """What a template gives: the text, its facts filled in, and its kind where none was asked for.

    Raises :class:`UsageError` where a text that ``must_be_whole`` has blanks that nobody can fill.
    """
    from fazhi_tui.service.notes.templates import blanks_of, filled_in, template_named

    kind = given.get("kind")
    found = template_named(view, name, kind if isinstance(kind, NoteKind) else None)
    unit = str(given.get("unit") or writer.reader.repository.identity().unit)
    rows = [view.row(number) for number in numbers]
    occurrence, item = str(given.get("occurrence") or ""), str(given.get("item") or "")
    text = filled_in(
        found, view, rows, view.index.canonical(unit) if unit else "", item=item, occurrence=occurrence
    )
    if must_be_whole and (blanks := blanks_of(text)) and (len(numbers) > 1 or not at_terminal()):
        said = f"模板「{one_line(found.name)}」有 {len(blanks)} 处【】要填，这里没有编辑器可以填"
        raise UsageError(said, f"在终端里一条一条填报，或用 --message 写全：{one_line(text, 60)}")
    begun: dict[str, object] = {"message": text}
    if kind is None and found.kind is not None:
        begun["kind"] = found.kind
    return begun


def drop(writer: Writer, kept: Draft | None) -> None:
    """Throw a draft away; what it said is printed, so that a slip can be mended by hand."""
    if kept is None:
        raise UsageError("这里没有草稿", "不必丢弃")
    writer.drafts.forget(kept.measures, several=kept.several)
    what = one_line(kept.label) if kept.several else f"第 {one_line(kept.label)} 条"
    out(f"已丢弃{what}的草稿，它的内容是：\n{visible(kept.request.message)}")


def drop_lost(writer: Writer, view: View, typed: Sequence[str]) -> bool:
    """Throw away the draft of a measure that is gone; False where it is not that."""
    if len(typed) != 1 or any(row.measure.id == typed[0] for row in view.rows):
        return False
    kept = writer.drafts.draft((typed[0],))
    if kept is not None:
        drop(writer, kept)
    return kept is not None

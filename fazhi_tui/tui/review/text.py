"""The text beside the source: the measure at the cursor as it will be, and the doubts; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from fazhi_tui.domain.model.measure import Item, Measure, Role
from fazhi_tui.domain.text.cells import cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.importer.result import LogEntry
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.prose import Block

HEADING = "bold $text-primary"


_QUOTES = str.maketrans("“”", "「」")


def doubt_words(doubt: LogEntry) -> str:
    """A doubt's message for the screen: with quotes that every terminal draws two cells wide."""
    return one_line(doubt.message.translate(_QUOTES), 500)


def measure_blocks(measure: Measure | None, doubts: Sequence[LogEntry], said: str) -> Iterator[Block]:
    """A measure as it will be written, and the doubts that name it; ``said`` where there is none."""
    if measure is None:
        yield Block(said, "$text-muted")
        return
    yield Block(
        one_line(measure.title or "（无标题）"), "bold", label=f"第{measure.id}条 ", label_style=HEADING
    )
    facts = {"章": measure.chapter, "节": measure.section}
    facts |= {role.value: "、".join(measure.units(role)) for role in Role}
    for name, text in facts.items():
        if text:
            yield Block(one_line(text, 5000), label=pad(name, 6))
    if not measure.units():
        yield Block("没有单位", "$text-warning", label="单位  ")
    for item in measure.items:
        yield Block(item_words(item), label=f"{item.id} ", label_style="$text-accent")
    for doubt in doubts:
        yield Block(doubt_words(doubt), "$text-warning", label="存疑  ", label_style="$text-warning")
    yield Block()
    yield Block(measure.text)
    for remark in measure.remarks:
        yield Block(remark, "$text-muted", label="校勘  ")


def item_words(item: Item) -> str:
    """``截止 2024-12-31 每年 3次  内容``."""
    parts = [
        f"截止 {item.due}" if item.due else "",
        item.period.value if item.period else "",
        f"{item.quantity}{item.measure_word or ''}" if item.quantity is not None else "",
        one_line(item.content, 300),
    ]
    return "  ".join(filter(None, parts))


def doubt_line(doubt: LogEntry, width: int) -> Content:
    """One line of the list of doubts: its place, then what it is."""
    place = doubt.place or (f"第{doubt.line}行" if doubt.line else "")
    words = doubt_words(doubt)
    return plain(cut(f"{place}：{words}" if place else words, max(width, 4)))

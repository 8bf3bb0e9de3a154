"""The board as text: how many columns fit, what a card says; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fazhi_tui.domain.columns import lead_text
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.cells import cell_len, cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.text.wrapping import wrap
from fazhi_tui.service.reporting.board import board_of
from fazhi_tui.tui.styles import due_text, light_word
from fazhi_tui.tui.views.base import LIGHT_PARTS
from fazhi_tui.tui.views.entries import Entry, broken_text, entry_groups

#: A column is never narrower than this, unless the whole board is.
LEAST_WIDTH = 22
#: Blank cells between two columns.
GAP = 1
#: From this many lines for the cards on, a card has four of them, else three.
ROOMY = 15
#: The column of the files that could not be read.
BROKEN_NAME = "读不出来"


@dataclass(frozen=True, slots=True)
class CardColumn:
    """One column: its status (None: files that could not be read), where its entries begin and end."""

    status: Status | None
    start: int
    stop: int

    @property
    def name(self) -> str:
        """The heading."""
        return self.status.value if self.status else BROKEN_NAME

    @property
    def size(self) -> int:
        """How many cards it has."""
        return self.stop - self.start


def columns_of(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[CardColumn, ...]]:
    """The entries column by column, each in exactly one; files that could not be read come first.

    They have a column only where there are any.
    """

    def by_status(rows: list[Row]) -> Iterator[tuple[Status | None, Sequence[Row]]]:
        return ((column.status, column.rows) for column in board_of(rows))

    ordered: list[Entry] = []
    columns = []
    for status, cards in entry_groups(entries, by_status, None):
        columns.append(CardColumn(status, len(ordered), len(ordered) + len(cards)))
        ordered += cards
    return tuple(ordered), tuple(columns)


def fitting(width: int, number: int) -> tuple[int, int]:
    """How many of ``number`` columns fit into ``width`` cells, and how wide each is."""
    count = max(1, min(number, (width + GAP) // (LEAST_WIDTH + GAP)))
    return count, max((width + GAP) // count - GAP, 1)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a pane is shared out.

    ``count`` columns of ``column_width`` cells are in sight; ``head`` lines stand above the cards: the
    headings, and where some columns are out of sight, a line with the names of all.  A card has
    ``card_height`` lines, and ``fit`` whole ones (at least one) are in sight of one column.
    """

    count: int
    column_width: int
    head: int
    card_height: int
    fit: int


@lru_cache(maxsize=64)
def frame_of(width: int, height: int, columns: int) -> Frame:
    """The frame of a pane of ``width`` and ``height`` cells with so many columns; asked for every line."""
    count, column_width = fitting(width, columns)
    head = 1 if count >= columns else 2
    card_height = 4 if height - head >= ROOMY else 3
    return Frame(count, column_width, head, card_height, max((height - head) // card_height, 1))


def card_lines(
    entry: Entry, number_width: int, width: int, height: int, names: LightNames
) -> list[tuple[str, str]]:
    """What a card says in ``height`` (3 or 4) lines of exactly ``width`` cells: (text, part that styles it).

    The number and the title, on two lines where it is long and cut with a mark; the lead unit; light and
    deadline.
    """
    indent = " " * (number_width + 1)
    room = max(width - len(indent), 2)
    number = f"{one_line(entry.number) or '?':<{number_width}} "
    if entry.row is None:
        lines = [(text, "broken") for text in _within(f"!! {broken_text(entry)}", room, height)]
    else:
        state = entry.row.state
        title = _within(one_line(entry.row.measure.display_title), room, 2)
        lead = (lead_text(entry.row), "muted")
        light = light_word(state.light, names)
        if state.next_due is not None:
            light = f"{light} {due_text(entry.row)}"
        if height < 4 and len(title) > 1:
            lead_left, light = [], f"{light} {lead[0]}"
        else:
            lead_left = [lead]
        if state.overdue and cell_len(light) + 5 <= room and lead_left:
            light += " 逾期"
        lines = [*((text, "row") for text in title), *lead_left, (light, LIGHT_PARTS[state.light])]
    lines += [("", "row")] * (height - len(lines))
    heads = [number] + [indent] * (height - 1)
    return [(pad(head + text, width), part) for head, (text, part) in zip(heads, lines[:height], strict=True)]


def _within(text: str, width: int, lines: int) -> list[str]:
    """``text`` on at most so many lines; the last is cut with a mark where there is more."""
    wrapped = wrap(text, width)
    if len(wrapped) <= lines:
        return wrapped
    return [*wrapped[: lines - 1], cut("".join(wrapped[lines - 1 :]), width)]


def summary(columns: Sequence[CardColumn], first: int, count: int, width: int) -> str:
    """The names and counts of all columns in one line, those in sight in brackets."""
    parts = [f"{column.name} {column.size}" for column in columns]
    for gap in ("  ", " "):
        left, seen, right = parts[:first], parts[first : first + count], parts[first + count :]
        line = gap.join([*left, f"[{gap.join(seen)}]", *right])
        if cell_len(line) < width:
            break
    return cut(" " + line, width)


def two_ends(left: str, right: str, width: int) -> str:
    """``left`` and, at the right edge, ``right``; what does not fit is cut from the left one."""
    right = cut(right, width)
    return pad(left, width - len(right)) + right if right else pad(left, width)

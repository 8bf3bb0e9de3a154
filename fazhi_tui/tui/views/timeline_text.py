"""The timeline as text: the axis with its labels and ticks, a measure's signs on it, the legend; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from fazhi_tui.domain.text.cells import cell_len, cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.timeline import Axis, Due, Standing, Zoom, label_of
from fazhi_tui.tui.views.base import Run

#: Standing → sign on the axis and the part that styles it.  The worst comes first: of several in one cell
#: that one is shown.
SIGNS: dict[Standing, tuple[str, str]] = {
    Standing.OVERDUE: ("x", "red"),
    Standing.UNKNOWN: ("!", "red"),
    Standing.CLAIMED: ("?", "review"),
    Standing.OPEN: ("^", "active"),
    Standing.DONE_LATE: ("~", "yellow"),
    Standing.DONE: ("o", "green"),
    Standing.SUSPENDED: ("-", "muted"),
}
_WORST = {standing: at for at, standing in enumerate(SIGNS)}
#: The measure as a whole at the plan's end, while it is not done and not late.
END_SIGN, END_PART, END_WORD = "$", "muted", "规划期末"
TODAY_SIGN, TICK_SIGN, REPORT_SIGN = "|", ".", "'"
#: What lies beyond the axis to the left or the right.
BEFORE, AFTER = "<", ">"
_REST = f"{REPORT_SIGN}填报 {TODAY_SIGN}今天"
LEGEND = " ".join(
    [
        *(f"{sign}{standing}" for standing, (sign, _) in SIGNS.items()),
        f"{END_SIGN}{END_WORD}",
        _REST,
        f"{BEFORE}{AFTER}更多",
    ]
)
#: The same in fewer cells.
SHORT_LEGEND = f"x逾期 ?待审 ^待完 ~晚完 o完成 -中止 {END_SIGN}期末 {_REST}"
#: From this much room for title and axis together, the next date has a column of its own.
ROOM_FOR_DUE = 104
LEAST_TITLE, MOST_TITLE = 14, 48


@dataclass(frozen=True, slots=True)
class Widths:
    """Cells of the parts of a line: number, title, light, date (0: none) and axis, a blank between them."""

    number: int
    title: int
    light: int
    due: int
    axis: int

    @property
    def left(self) -> int:
        """Cells to the left of the axis, the sign at the edge and the blanks included."""
        return 1 + self.number + 1 + self.title + 1 + self.light + 1 + (self.due + 1 if self.due else 0)


def widths_for(width: int, number: int, light: int, stretches: int = 1) -> Widths:
    """How ``width`` cells are shared out; the axis gets what the title leaves.

    An axis of so many ``stretches`` has equally wide ones where there is room; what is over is the title's.
    """
    room = max(width - (1 + number + 1 + 1 + light + 1), 2)
    due = 10 if room >= ROOM_FOR_DUE else 0
    room -= due + 1 if due else 0
    title = min(max(room * 3 // 10, LEAST_TITLE), MOST_TITLE, max(room - 8, 1))
    axis = room - title
    over = axis % stretches if axis >= stretches else 0
    return Widths(number, min(title + over, max(MOST_TITLE, title)), light, due, axis - over)


def axis_runs(dues: Sequence[Due], reports: Iterable[date], axis: Axis, today: date) -> list[Run]:
    """One line of the axis as (text, part): ticks, reports, today's column, a sign for everything dated.

    ``<`` and ``>`` at the ends tell that something lies out of sight.
    """
    cells: list[Run] = [(" ", "row")] * axis.width
    for day in axis.ticks():
        # Quarters in every line would hide the reports between them; the heading has them.
        if axis.step == 1 or day.month == 1:
            cells[axis.cell(day) or 0] = (TICK_SIGN, "muted")
    for day in reports:
        if (at := axis.cell(day)) is not None:
            cells[at] = (REPORT_SIGN, "row")
    now = axis.cell(today)
    if now is not None:
        cells[now] = (TODAY_SIGN, "today")
    taken: dict[int, int] = {}
    for due in dues:
        at = axis.cell(due.day)
        if at is None:
            continue
        rank = _WORST[due.standing]
        if rank <= taken.get(at, len(SIGNS)):
            taken[at] = rank
            at_end = due.is_end and due.standing is Standing.OPEN
            sign, part = (END_SIGN, END_PART) if at_end else SIGNS[due.standing]
            # Today's column goes on behind the sign.
            cells[at] = (sign, "now" if at == now else part)
    if axis.width > 1:
        if 0 not in taken and any(due.day < axis.start for due in dues):
            cells[0] = (BEFORE, "muted")
        if axis.width - 1 not in taken and any(due.day > axis.end for due in dues):
            cells[-1] = (AFTER, "muted")
    # Neighbours of one style are one run.
    return [("".join(text for text, _ in run), part) for part, run in groupby(cells, key=itemgetter(1))]


def label_line(axis: Axis, zoom: Zoom) -> str:
    """Years (in the whole plan) or months over the ticks; what has no room is left out."""
    line, used = "", 0
    for day in axis.ticks():
        if zoom is Zoom.PLAN and day.month != 1:
            continue
        label = str(day.year) if zoom is Zoom.PLAN else str(day.month)
        if zoom is Zoom.QUARTER or (zoom is Zoom.YEAR and axis.width >= 60):
            label += "月"
        at = axis.cell(day) or 0
        if at >= used and at + cell_len(label) <= axis.width:
            line += " " * (at - used) + label
            # A blank after it, or two labels would be read as one.
            line, used = line + " ", at + cell_len(label) + 1
    return pad(line.rstrip(), axis.width)


def tick_line(axis: Axis, today: date) -> list[Run]:
    """The axis itself: ``+--+--``, with today's column and its date."""
    cells = ["-"] * axis.width
    for day in axis.ticks():
        cells[axis.cell(day) or 0] = "+"
    line = "".join(cells)
    now = axis.cell(today)
    said = today.isoformat()
    if now is None:
        early = today < axis.start
        said = f"{BEFORE}{said}" if early else f"{said}{AFTER}"
        if len(said) > axis.width:
            return [(line, "header")]
        return (
            [(said, "now"), (line[len(said) :], "header")]
            if early
            else [(line[: -len(said)], "header"), (said, "now")]
        )
    left, right = line[:now], line[now + 1 :]
    if len(said) <= len(right):
        return [(left, "header"), (TODAY_SIGN + said, "now"), (right[len(said) :], "header")]
    if len(said) <= len(left):
        return [(left[: -len(said)], "header"), (said + TODAY_SIGN, "now"), (right, "header")]
    return [(left, "header"), (TODAY_SIGN, "now"), (right, "header")]


def legend(width: int) -> str:
    """What the signs mean, as fully as there is room for."""
    return LEGEND if cell_len(LEGEND) <= width else cut(SHORT_LEGEND, width)


def stretch(axis: Axis, zoom: Zoom) -> str:
    """What is in sight, in words: ``2022-2025年``, ``2025年``, ``2025年第4季度``."""
    first, last = axis.start.year, axis.end.year
    if zoom is Zoom.QUARTER:
        return f"{first}年第{(axis.start.month + 2) // 3}季度"
    return f"{first}年" if first == last else f"{first}-{last}年"


def dues_text(dues: Sequence[Due], today: date, width: int) -> str:
    """What a measure still owes, and what it has done last, in words on one line."""
    still = [due for due in dues if due.done is None]
    done = [due for due in dues if due.done is not None]
    parts = [f"{due.day} {one_line(label_of(due))} {due.standing}{_distance(due, today)}" for due in still]
    if done:
        last = max(done, key=lambda due: due.done or due.day)
        parts.append(f"{last.day} {one_line(label_of(last))} {last.standing}于 {last.done}")
    return cut("  ".join(parts) if parts else "没有写明期限", width)


def _distance(due: Due, today: date) -> str:
    days = (due.day - today).days
    if due.standing is Standing.OVERDUE:
        return f" {-days} 天"
    return f" 还有 {days} 天" if due.standing is Standing.OPEN else ""

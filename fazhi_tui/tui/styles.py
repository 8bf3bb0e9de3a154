"""How the screen says things: data as plain text, statuses and lights with a style and a sign.

Nothing here, nor anywhere in the screen's own wording, uses a character of ambiguous width
(DESIGN.md, section 7): CJK terminals draw those double and every column after them shifts.
"""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line, visible

#: A light is told by a sign and its name; the colour comes on top of both.  未报 is a word that tells itself.
LIGHT_SIGNS: dict[Light, str] = {
    Light.RED: "!!",
    Light.YELLOW: "! ",
    Light.UNREPORTED: "",
    Light.GREEN: ". ",
    Light.UNCOUNTED: "- ",
    Light.UNKNOWN: "?!",
}
LIGHT_STYLES: dict[Light, str] = {
    Light.RED: "bold $text-error",
    Light.YELLOW: "$text-warning",
    Light.UNREPORTED: "$text-accent",
    Light.GREEN: "$text-success",
    Light.UNCOUNTED: "$text-muted",
    Light.UNKNOWN: "bold $text-error",
}
STATUS_STYLES: dict[Status, str] = {
    Status.NOT_STARTED: "$text-muted",
    Status.IN_PROGRESS: "$text-primary",
    Status.ONGOING: "$text-primary",
    Status.PENDING_REVIEW: "$text-accent",
    Status.DONE: "$text-success",
    Status.SUSPENDED: "$text-muted",
}
SEVERITY_STYLES: dict[Severity, str] = {
    Severity.ERROR: "bold $text-error",
    Severity.WARNING: "$text-warning",
}

#: Names of keys as people know them; Textual's own are arrows of ambiguous width or English.
KEY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "left": "左",
    "right": "右",
    "up": "上",
    "down": "下",
    "space": "空格",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "plus": "+",
    "asterisk": "*",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "minus": "-",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "comma": ",",
    "full_stop": ".",
    "apostrophe": "'",
}


def light_word(light: Light, names: LightNames) -> str:
    """A light's sign and what this city calls it: ``!!红``."""
    return LIGHT_SIGNS[light] + one_line(names.of(light))


def plain(text: str, style: str = "") -> Content:
    """Data as it goes to the screen: never markup, hidden characters made visible."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def key_name(key: str) -> str:
    """A Textual key as people write it: ``f2`` → ``F2``, ``ctrl+l`` → ``Ctrl+L``, ``slash`` → ``/``."""
    parts = key.split("+")
    names = []
    for part in parts:
        if part in KEY_NAMES:
            names.append(KEY_NAMES[part])
        elif len(part) == 1:
            names.append(part.upper() if len(parts) > 1 else part)
        else:
            names.append(part.capitalize())
    return "+".join(names)


def moment(time: datetime) -> str:
    """A time to the minute, in its own time zone."""
    return time.strftime("%Y-%m-%d %H:%M")


def due_text(row: Row) -> str:
    """The next thing owed, as the table shows it; that a note could not be read, where that hides it."""
    if row.state.unread:
        return f"{len(row.state.unread)}份读不出"
    return row.state.next_due.isoformat() if row.state.next_due else "-"


def error_text(error: FazhiError) -> str:
    """An error and what to do about it, as one sentence after the other."""
    return f"{error.message}。{error.hint}" if error.hint else error.message

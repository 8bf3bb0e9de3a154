"""The keys of windows, menus, fields and lists: the same for everyone, whatever a settings file says.

They move about, choose, or leave what one is in, and stand at the foot of their window; none of them is an
action of its own in the palette or the help.  Those that repeat an action of the table (the key that opened
a window closes it, left and right turn the tabs) follow that action's keys: ``follows`` names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class FixedKey(NamedTuple):
    """Keys, as Textual names them and parted by commas, and the Textual action they do.

    ``priority`` makes them count inside fields; ``follows`` is the binding id of a command
    (``main.next_tab``) whose keys, the person's own included, do the action instead of ``keys``.
    """

    keys: str
    action: str
    priority: bool = False
    follows: str = ""


def followed(command: str, action: str) -> FixedKey:
    """The keys of a command, given by its binding id, doing a Textual action here."""
    return FixedKey("", action, follows=command)


_CLOSE = FixedKey("escape", "close")
_HOME = FixedKey("home", "edge(0)")

#: Kind of window or widget → its keys; a screen of the table of actions has them beside its commands.
FIXED: Mapping[str, tuple[FixedKey, ...]] = MappingProxyType(
    {
        # screens
        "main": (FixedKey("escape", "back"),),
        "record": (FixedKey("down", "into_list"),),
        # windows
        "window": (FixedKey("f1,alt+m", "manual"),),
        "reading": (FixedKey("escape,q", "close"),),
        "notice": (FixedKey("escape,enter,space,q", "close"),),
        "result": (FixedKey("escape,enter,q", "close"),),
        "question": (FixedKey("escape", "dismiss_last"),),
        "fields": (_CLOSE, FixedKey("f2,ctrl+s", "save", priority=True)),
        "menu": (_CLOSE,),
        "picker": (
            _CLOSE,
            FixedKey("down", "move('cursor_down')", priority=True),
            FixedKey("up", "move('cursor_up')", priority=True),
            FixedKey("pagedown", "move('page_down')", priority=True),
            FixedKey("pageup", "move('page_up')", priority=True),
        ),
        "columns": (FixedKey("space", "flip"),),
        "saved_views": (FixedKey("delete,f8", "remove"), FixedKey("f2,ctrl+s", "save")),
        "deadlines": (FixedKey("tab,shift+tab", "switch", priority=True),),
        "units": (
            FixedKey("tab", "role(1)", priority=True),
            FixedKey("shift+tab", "role(-1)", priority=True),
        ),
        "evidence": (FixedKey("left", "up", priority=True),),
        "submit": (FixedKey("o", "open"),),
        "manual": (
            FixedKey("left,left_square_bracket", "turn(-1)"),
            FixedKey("right,right_square_bracket", "turn(1)"),
        ),
        "tour": (
            FixedKey("enter,right,space,down", "step(1)"),
            FixedKey("left,up,backspace", "step(-1)"),
        ),
        # panes and fields
        "detail": (
            followed("main.previous_tab", "screen.do('previous_tab')"),
            followed("main.next_tab", "screen.do('next_tab')"),
        ),
        "facets": (FixedKey("space", "add"),),
        "filter_bar": (
            FixedKey("escape", "drop"),
            FixedKey("down", "choose(1)"),
            FixedKey("up", "choose(-1)"),
            FixedKey("tab", "take"),
        ),
        "choice": (
            FixedKey("left,up", "step(-1)"),
            # With an input method in full-width mode the space bar sends the wide one.
            FixedKey("right,down,space,ideographic_space", "step(1)"),
            _HOME,
            FixedKey("end", "edge(-1)"),
        ),
        # the measures, as they are shown
        "view": (
            FixedKey("up", "move(-1)"),
            FixedKey("down", "move(1)"),
            FixedKey("pageup", "page(-1)"),
            FixedKey("pagedown", "page(1)"),
            FixedKey("ctrl+home", "edge(0)"),
            FixedKey("end,ctrl+end", "edge(1)"),
            FixedKey("space", "screen.do('mark')"),
        ),
        "list": (_HOME,),
        "board": (FixedKey("left", "column(-1)"), FixedKey("right", "column(1)"), _HOME),
        "card": (FixedKey("enter", "open"), FixedKey("escape", "put_back")),
        "timeline": (
            FixedKey("left", "pan(-1)"),
            FixedKey("right", "pan(1)"),
            FixedKey("plus,equals_sign", "zoom(1)"),
            FixedKey("minus", "zoom(-1)"),
            FixedKey("home", "today"),
        ),
        "charts": (_HOME, FixedKey("enter", "choose")),
        # the review of an import
        "source": (
            FixedKey("up", "paragraph(-1)"),
            FixedKey("down", "paragraph(1)"),
            FixedKey("left", "piece(-1)"),
            FixedKey("right", "piece(1)"),
            FixedKey("pageup", "page(-1)"),
            FixedKey("pagedown", "page(1)"),
            _HOME,
            FixedKey("end", "edge(1)"),
        ),
    }
)

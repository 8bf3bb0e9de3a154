"""A field of one line; what is hidden in a paste is made visible on arrival."""

from __future__ import annotations

import re

from textual import events
from textual.widgets import Input

from fazhi_tui.visible import visible


class LineField(Input):
    """One line.  Pasted control characters and direction marks become ``<1B>``, line breaks blanks."""

    def _on_paste(self, event: events.Paste) -> None:
        # Textual calls its own handler after this one; left alone it would keep the first line and
        # drop the rest.  Nothing that is pasted is lost here.
        event.text = visible(re.sub(r"\r\n|[\r\n\t]", " ", event.text))

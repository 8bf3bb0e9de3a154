"""Fields that take typed and pasted text; what is hidden in a paste is made visible on arrival."""

from __future__ import annotations

import re

from textual import events
from textual.widgets import Input, TextArea

from fazhi_tui.visible import visible


class LineField(Input):
    """One line.  Pasted control characters and direction marks become ``<1B>``, line breaks blanks."""

    def _on_paste(self, event: events.Paste) -> None:
        # Textual calls its own handler after this one; left alone it would keep the first line and
        # drop the rest.  Nothing that is pasted is lost here.
        event.text = visible(re.sub(r"\r\n|[\r\n\t]", " ", event.text))


class MessageField(TextArea):
    """Several lines, soft-wrapped; Tab leaves it."""

    async def _on_paste(self, event: events.Paste) -> None:
        # Terminals send line breaks in a paste as a bare CR.
        event.text = visible(event.text.replace("\r\n", "\n").replace("\r", "\n"))

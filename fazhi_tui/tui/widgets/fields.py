"""Fields of one line; what is hidden in a paste is made visible on arrival."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input

from fazhi_tui.domain.text.visible import visible


def wide_blank(event: events.Key) -> str:
    """The blank that a key is, where it is another than the space bar's own; else nothing.

    An input method in full-width mode sends U+3000, with which paragraphs of documents begin, too.  Textual
    takes it for unprintable and would drop it.
    """
    typed = event.character or ""
    return typed if typed != " " and len(typed) == 1 and unicodedata.category(typed) == "Zs" else ""


class LineField(Input):
    """One line.  Pasted control characters and direction marks become ``<1B>``, line breaks blanks."""

    async def _on_key(self, event: events.Key) -> None:
        if blank := wide_blank(event):
            event.stop()
            event.prevent_default()
            self.replace(blank, *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        # Textual calls its own handler after this one; left alone it would keep the first line and
        # drop the rest.  Nothing that is pasted is lost here.
        event.text = visible(re.sub(r"\r\n|[\r\n\t]", " ", event.text))


class FigureField(LineField):
    """A whole number: digits of any width are taken, and a sign such as ``％`` or ``，`` is passed over."""

    @dataclass
    class Refused(Message):
        """Something was typed that is no figure."""

        text: str

    def __init__(self, figure: int | None, *, id: str, max_length: int) -> None:
        value = "" if figure is None else str(figure)
        super().__init__(value, restrict=r"[0-9]*", id=id, max_length=max_length, compact=True)
        self._typed = ""

    @property
    def figure(self) -> int | None:
        """The number that stands in it, if any."""
        return int(self.value) if self.value else None

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in place of what stands there, as digits."""
        self._typed = text
        super().replace(re.sub(r"[\s%,]", "", unicodedata.normalize("NFKC", text)), start, end)

    def restricted(self) -> None:
        """Tell what was not taken, instead of a bell."""
        self.post_message(self.Refused(self._typed))

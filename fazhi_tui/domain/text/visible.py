"""Text from files, names and commits made safe to show: control characters are made visible."""

from __future__ import annotations

import re

# C0, DEL, C1, and the marks that change the direction of what follows (Unicode UAX #9), line and
# paragraph separators, and the zero-width characters that can hide one text inside another.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_LINE_BREAKS = re.compile(r"\r\n|[\n\r\t]")


def visible(text: str) -> str:
    """``text`` with every hidden character written out as ``<1B>`` or ``<202E>``; line breaks and tabs stay.

    ``\\r\\n`` counts as a line break.  Nothing is dropped, so that two texts that differ still differ.
    """
    return _HIDDEN.sub(lambda found: f"<{ord(found[0]):02X}>", text.replace("\r\n", "\n"))


def one_line(text: str, limit: int | None = None) -> str:
    """``text`` on one line: breaks and tabs become blanks, hidden characters are made visible.

    With ``limit`` it is cut to that many characters, the last three then being ``...``.
    """
    line = visible(_LINE_BREAKS.sub(" ", text)).strip()
    if limit is not None and len(line) > limit:
        line = line[: limit - 3].rstrip() + "..."
    return line


def printable(text: str) -> str:
    """``text`` with everything that cannot be seen, line breaks included, shown as U+FFFD."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)


def excerpt(value: str) -> str:
    """A value inside a message: at most 30 characters, all of them printable."""
    return printable(value if len(value) <= 30 else value[:30] + "……")

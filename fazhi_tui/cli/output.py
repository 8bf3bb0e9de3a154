"""What reaches the terminal: standard output, errors, colour."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fazhi_tui.domain.model.errors import FazhiError, QueryError, RepositoryError
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.text.cells import cell_len
from fazhi_tui.domain.text.visible import one_line, visible

SEVERITY_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33"}
LIGHT_COLOURS = {
    Light.RED: "31",
    Light.YELLOW: "33",
    Light.UNREPORTED: "35",
    Light.GREEN: "32",
    Light.UNCOUNTED: "2",
    Light.UNKNOWN: "1;31",
}


class QueryMistake(QueryError):
    """A mistake in a query, with the query: so that the place can be pointed at."""

    def __init__(self, error: QueryError, query: str) -> None:
        super().__init__(error.message, error.hint, start=error.start, end=error.end)
        self.query = query


def write_file(path: Path, text: str, hint: str, *, append: bool = False) -> None:
    """Write a file that was asked for, or add to it.  Raises :class:`RepositoryError` with ``hint``."""
    try:
        with path.open("a" if append else "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        from fazhi_tui.domain.system_errors import system_words

        raise RepositoryError(f"写不了 {path}：{system_words(error)}", hint) from error


@contextmanager
def pointing_at(query: str) -> Iterator[None]:
    """Give a :class:`QueryError` raised inside the query it is about, so that its place can be shown."""
    try:
        yield
    except QueryMistake:
        raise
    except QueryError as error:
        raise QueryMistake(error, query) from error


def use_utf8() -> None:
    """Make arguments, files' names and the three streams UTF-8, whatever the locale says.

    Python follows the locale; under a locale that is not UTF-8 it starts itself again in its UTF-8
    mode, which is the only way to have the arguments read right.  Output never fails for a character.
    """
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        environ = {**os.environ, "PYTHONUTF8": "1"}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environ)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: fazhi list >&-
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - stays open
    for stream in (sys.stdout, sys.stderr):
        # Absent under pythonw, and replaced by objects without encoding under some test runners.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if os.environ.get("PYTHONIOENCODING") else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")


def out(text: str = "") -> None:
    """One line, or several, on standard output."""
    sys.stdout.write(text + "\n")


def err(text: str) -> None:
    """One line, or several, on standard error; after what standard output already has."""
    # A full disk or a closed pipe behind standard output is told of when the command ends.
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.write(text + "\n")


def out_json(value: object) -> None:
    """A value as JSON on standard output: UTF-8 unescaped, two blanks of indentation, stable order."""
    import json
    import re

    text = json.dumps(value, ensure_ascii=False, indent=2)
    # JSON escapes the control characters below U+0020 itself; a terminal obeys more than those.
    hidden = "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
    out(re.sub(hidden, lambda found: f"\\u{ord(found[0]):04x}", text))


def say_error(error: FazhiError) -> None:
    """An error on standard error: what is wrong, where in the query, what to do about it."""
    lines = [f"错误：{visible(error.message)}"]
    if isinstance(error, QueryMistake):
        lines += point_at(error.query, error.start, error.end)
    if error.hint:
        lines.append(
            visible(error.hint) if error.hint.startswith("用法：") else f"办法：{visible(error.hint)}"
        )
    err("\n".join(lines))


def point_at(query: str, start: int, end: int) -> list[str]:
    """The query on one line and, under it, carets under the characters from ``start`` to ``end``."""
    before, place = one_line_kept(query[:start]), one_line_kept(query[start:end])
    after = one_line_kept(query[end:])
    return [f"  {before}{place}{after}", f"  {' ' * cell_len(before)}{'^' * max(1, cell_len(place))}"]


def one_line_kept(text: str) -> str:
    """``text`` safe to show on one line, its outer blanks kept (``one_line`` strips them)."""
    return one_line(f"|{text}|")[1:-1]


def warn(text: str) -> None:
    """A remark that is no error, on standard error."""
    err(f"提醒：{visible(text)}")


def coloured() -> bool:
    """Whether standard output takes colour: a terminal, and neither NO_COLOR nor TERM=dumb."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, code: str) -> str:
    """``text`` in an ANSI colour where the terminal takes it."""
    return f"\x1b[{code}m{text}\x1b[0m" if text and coloured() else text


def paint_light(light: Light, text: str | None = None) -> str:
    """A light's own word, or ``text``, in its colour; the word is always there (never colour alone)."""
    return paint(text or light.value, LIGHT_COLOURS[light])


def counted(severities: Iterable[Severity]) -> str:
    """``2 个错误、1 个提醒``, leaving out what there is none of."""
    found = list(severities)
    errors = found.count(Severity.ERROR)
    parts = [f"{errors} 个错误"] if errors else []
    parts += [f"{len(found) - errors} 个提醒"] if len(found) > errors else []
    return "、".join(parts)


@contextmanager
def progress_line() -> Iterator[Callable[[str], bool]]:
    """Give what is told each step; it always answers True, since Ctrl+C stops a command."""
    shown = ""

    def going(line: str) -> bool:
        nonlocal shown
        if line and line != shown and sys.stderr.isatty():
            shown = line
            sys.stderr.write(f"\r\x1b[K{one_line(line, 70)}")
            sys.stderr.flush()
        return True

    try:
        yield going
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

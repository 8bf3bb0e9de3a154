"""The manual with what comes from the table of actions put in; pure.

On a line of its own a page says ``{keys:form}`` for all keys of a place, ``{keys:main/查找}`` for one group
of them, ``{fields}`` for the fields of the filter language
and ``{moving}`` for the keys that move about.  Within a sentence ``{key:report}`` is the first key of an
action of the main screen, ``{both:form/preview}`` both keys of one in another place.

``python -m fazhi_tui.tui.dialogs.manual_text`` prints the whole of it, which is docs/manual.md.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from fazhi_tui.domain.query.fields import FIELDS
from fazhi_tui.service.manual import manual_pages
from fazhi_tui.tui.actions.command import Command
from fazhi_tui.tui.actions.table import MOVING, PLACES
from fazhi_tui.tui.styles import key_name

_ASKED = re.compile(r"^\{(keys|fields|moving)(?::([a-z]+)(?:/([^}]+))?)?\}$", re.MULTILINE)
_KEY = re.compile(r"\{(key|both):(?:([a-z]+)/)?([a-z_]+)\}")
#: Pictures are for the manual in docs/ alone.
_PICTURE = re.compile(r"^!\[[^]]*\]\([^)]*\)\n+", re.MULTILINE)
_HEADING = re.compile(r"^(#+ )", re.MULTILINE)
_TITLE = re.compile(r"^(#+) (.*?) *$", re.MULTILINE)
_FENCE = re.compile(r"^(```.*?^```$)", re.MULTILINE | re.DOTALL)
#: A line break within a paragraph or an element of a list: what follows begins nothing of its own.
_BREAK = re.compile(r"(?<=[^\n|])\n *(?=[^\s|#>!<-])(?![0-9]+\. |\{(?:keys|fields|moving)\b)")
_HEAD = """\
# fazhi 手册

<!-- 由 fazhi_tui/manual/ 各节和操作表生成：改那里，再 make manual。 -->

程序里按 `F1` 看讲光标所在那一块的那一节，左右键换节；这里是全部各节。按键表由程序的操作表生成，
改过按键的，程序里显示的是改过的。
"""


def filled(page: str, places: Mapping[str, tuple[Command, ...]]) -> str:
    """A page with its tables and keys, as they are in ``places``."""

    def written(keys: Iterable[str], between: str = " ") -> str:
        return between.join(f"`{key_name(key)}`" for key in keys)

    def table(asked: re.Match[str]) -> str:
        what, place, group = asked.groups()
        if what == "fields":
            rows = [
                (" ".join(dict.fromkeys((f"`{f.name}`", f"`{f.key}`"))), f"{f.help}，如 `{f.example}`")
                for f in FIELDS.values()
            ]
            return _table(("字段", "含义"), rows)
        if what == "moving":
            return _table(("键", "做什么"), MOVING)
        commands = [command for command in places[place or "main"] if group is None or command.group == group]
        actions = ((written(command.keys), command.name, command.help.rstrip("。")) for command in commands)
        return _table(("键", "操作", "做什么"), actions)

    def key(asked: re.Match[str]) -> str:
        what, place, name = asked.groups()
        command = next(command for command in places[place or "main"] if command.id == name)
        keys = command.keys[:1] if what == "key" else command.keys[:2]
        return written(keys, " 或 ")

    return _KEY.sub(key, _ASKED.sub(table, unwrapped(page)))


def unwrapped(page: str) -> str:
    """A page whose paragraphs are one line each: where a terminal breaks them is for its width to say."""
    return _outside_quotes(page, _joined)


def _outside_quotes(page: str, change: Callable[[str], str]) -> str:
    """A page with all of it changed but what is quoted as it is typed."""
    return "".join(part if part.startswith("```") else change(part) for part in _FENCE.split(page))


def _joined(text: str) -> str:
    def joint(found: re.Match[str]) -> str:
        before, after = text[found.start() - 1], text[found.end()]
        heading = text[text.rfind("\n", 0, found.start()) + 1 :].startswith(("#", "{", "![", "<"))
        if heading:
            return found.group()
        return " " if before.isascii() and after.isascii() else ""

    return _BREAK.sub(joint, text)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def without_pictures(page: str) -> str:
    """A page as a terminal shows it."""
    return _PICTURE.sub("", page)


def title_of(page: str) -> str:
    """What a page is called: its first heading."""
    return page.partition("\n")[0].lstrip("# ").strip()


def whole_manual(pages: Mapping[str, str]) -> str:
    """All pages as one document: title, contents, pages in their order, their headings one level down."""
    # What is quoted as it is typed may begin a line with a # of its own.
    lowered = (
        _outside_quotes(filled(page, PLACES), partial(_HEADING.sub, r"#\1")) for page in pages.values()
    )
    text = "\n\n".join(page.strip() for page in lowered)
    contents = "\n".join(f"- [{title}](#{anchor})" for title, anchor in _chapters(text))
    return f"{_HEAD}\n{contents}\n\n{text}\n"


def _chapters(text: str) -> Iterator[tuple[str, str]]:
    """The pages' titles, and where each is found: as the usual servers name a heading, numbered anew where
    another of the same words stands before it."""
    seen: Counter[str] = Counter()
    for level, title in _TITLE.findall(_FENCE.sub("", text)):
        anchor = re.sub(r"[^\w-]", "", title.lower().replace(" ", "-"))
        number = seen[anchor]
        seen[anchor] += 1
        if level == "##":
            yield title, f"{anchor}-{number}" if number else anchor


if __name__ == "__main__":
    sys.stdout.write(whole_manual(manual_pages()))

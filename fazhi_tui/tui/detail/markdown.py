"""Markdown as blocks of prose, broken by the Chinese rules: for notes, previews and the manual.

Textual's own Markdown widget draws bullets and lines with characters of ambiguous width and takes a second
for 12,000 characters; markdown-it, which it rests on, reads the text, and what it found is laid out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from fazhi_tui.domain.text.cells import cell_len
from fazhi_tui.domain.text.visible import visible
from fazhi_tui.tui.widgets.prose import Block

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

HEADING = "bold $text-primary"
CODE = "$text-accent"
QUOTE = "$text-muted"
#: A column of a table is at most this wide, in cells, but for the last one.
COLUMN_WIDTH = 26
INDENT = 2

_INLINE = {"strong": "bold", "em": "italic", "s": "strike", "link": "underline $text-primary"}


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Raw HTML stays text: what somebody typed is never dropped.
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def markdown_blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text: headings, paragraphs, lists, quotes, code, tables, rules.

    A single line break stays one, as people who write notes expect; nothing that was written is left out.
    """
    return list(_Layout(_reader().parse(visible(text))).blocks())


#: What a layout shows in another way: signs of headings, quotes, lists, code, tables, bold.
_SIGNS = re.compile(r"^[ ]*(?:[-*+][ ]|#{1,6}[ ])|^[ ]*[-:| ]{3,}$|\*\*|[`>|\s-]", re.MULTILINE)


def note_text_blocks(text: str) -> list[Block]:
    """What a person wrote in a note, laid out where that drops nothing; else line by line as it is.

    Links, single asterisks, backslashes, renumbered lists and paragraphs that begin with wide blanks are
    left as they were written: in a note every character is part of the record.
    """
    shown = visible(text).strip("\n")
    lines = shown.split("\n")
    if not any(line.startswith(("\u3000", "    ")) for line in lines):
        blocks = markdown_blocks(shown)
        laid_out = "\n".join(block.label + block.text for block in blocks)
        if _SIGNS.sub("", laid_out) == _SIGNS.sub("", shown):
            return blocks
    return [Block(line) for line in lines]


class _Layout:
    """Walks the flat list of tokens once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        #: One entry a list that is open: its next number, or None for a list without numbers.
        self._lists: list[int | None] = []
        self._quotes = 0
        #: What stands before the first line of the next paragraph: the sign of a list's element.
        self._sign = ""

    def blocks(self) -> Iterator[Block]:
        """Each paragraph and what parts it from the one before."""
        empty = True
        at = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            kind = token.type
            if kind in ("bullet_list_open", "ordered_list_open"):
                if not self._lists and not empty:
                    yield Block()
                first = token.attrGet("start")
                self._lists.append(int(first or 1) if kind == "ordered_list_open" else None)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self._lists.pop()
            elif kind == "list_item_open":
                number = self._lists[-1]
                self._sign = "- " if number is None else f"{number}. "
                self._lists[-1] = number if number is None else number + 1
            elif kind in ("blockquote_open", "blockquote_close"):
                self._quotes += 1 if kind == "blockquote_open" else -1
            elif kind == "table_open":
                end = next(place for place in count(at) if self._tokens[place].type == "table_close")
                if not empty:
                    yield Block()
                yield from _table(self._tokens[at:end])
                at, empty = end, False
            elif kind in ("paragraph_open", "heading_open"):
                if not empty and not self._lists:
                    yield Block()
                heading = HEADING if kind == "heading_open" else ""
                yield from self._paragraph(self._tokens[at + 1], heading)
                at, empty = at + 2, False
            elif kind in ("fence", "code_block"):
                if not empty:
                    yield Block()
                for line in token.content.rstrip("\n").split("\n"):
                    yield Block(line, CODE, label=" " * (INDENT * (len(self._lists) + 1)))
                empty = False
            elif kind == "hr":
                yield from (Block(), Block("-" * 24, QUOTE))
                empty = False
            at += 1

    def _paragraph(self, inline: Token, style: str) -> Iterator[Block]:
        before = "| " * self._quotes + " " * (INDENT * max(len(self._lists) - 1, 0))
        sign, self._sign = self._sign, ""
        lead = before + (sign or (" " * INDENT if self._lists else ""))
        for text, spans in _lines(inline):
            yield Block(text, style or (QUOTE if self._quotes else ""), label=lead, spans=spans)
            lead = before + " " * (cell_len(lead) - cell_len(before))


Span = tuple[int, int, str]


def _lines(inline: Token) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The lines of a paragraph, each with the styles of its parts."""
    text = ""
    spans: list[Span] = []
    opened: list[tuple[int, str]] = []
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak"):
            spans += [(start, len(text), style) for start, style in opened]
            yield text, tuple(span for span in spans if span[0] < span[1])
            text, spans, opened = "", [], [(0, style) for _, style in opened]
        elif child.type == "code_inline":
            spans.append((len(text), len(text) + len(child.content), CODE))
            text += child.content
        elif child.type.endswith("_open") and child.type[:-5] in _INLINE:
            opened.append((len(text), _INLINE[child.type[:-5]]))
        elif child.type.endswith("_close") and child.type[:-6] in _INLINE and opened:
            start, style = opened.pop()
            spans.append((start, len(text), style))
        elif child.type == "image":
            text += f"[图：{child.content}]"
        else:
            text += child.content
    yield text, tuple(span for span in spans if span[0] < span[1])


def _table(tokens: Sequence[Token]) -> Iterator[Block]:
    """A table's rows: columns as wide as they need, the last one wrapped by whoever shows it."""
    rows: list[list[tuple[str, tuple[Span, ...]]]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(next(_lines(token)))
    columns = max((len(row) for row in rows), default=0)
    widths = [
        min(max(cell_len(row[at][0]) for row in rows if at < len(row)), COLUMN_WIDTH)
        for at in range(max(columns - 1, 0))
    ]
    for number, row in enumerate(rows):
        cells = [text for text, _ in row[:-1]]
        style = HEADING if number == 0 else ""
        label = "".join(
            text + " " * max(width - cell_len(text) + 2, 2)
            for text, width in zip(cells, widths, strict=False)
        )
        last, spans = row[-1] if row else ("", ())
        yield Block(last, style, label=label, label_style=style or CODE, spans=spans)

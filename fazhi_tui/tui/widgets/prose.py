"""Paragraphs of data, broken by the Chinese rules at whatever width there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size

from fazhi_tui.domain.text.cells import cell_len
from fazhi_tui.domain.text.visible import visible
from fazhi_tui.domain.text.wrapping import wrap
from fazhi_tui.tui.widgets.fixed_layout import FixedLayoutWidget

#: How a word that was looked for stands out, without colour too.
MARKED = "bold reverse"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: a label at its left (the program's own words), then text as it came.

    Lines after the first are indented by the label's width.  ``spans`` are parts of the text with a style of
    their own: first character, the one behind the last, style.
    """

    text: str = ""
    style: str = ""
    label: str = ""
    label_style: str = "$text-muted"
    spans: tuple[tuple[int, int, str], ...] = ()


class Prose(FixedLayoutWidget):
    """Blocks under each other; as high as they need."""

    def __init__(self, blocks: Sequence[Block] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks = tuple(blocks)
        self._words: tuple[str, ...] = ()
        self._laid_out: tuple[int, Content] | None = None

    def show(self, blocks: Sequence[Block], words: Sequence[str] = ()) -> None:
        """Show other blocks; ``words`` are marked wherever they stand in the text."""
        if (self._blocks, self._words) == (tuple(blocks), tuple(words)):
            return
        self._blocks = tuple(blocks)
        self._words = tuple(words)
        before, self._laid_out = self._laid_out, None
        # As high as before it needs no other place.
        width = self.content_size.width
        same = (
            before is not None and before[0] == width and _height(self._content(width)) == _height(before[1])
        )
        self.refresh(layout=not same)

    @property
    def plain(self) -> str:
        """All that is shown, unbroken: for tests and for reading aloud."""
        return "\n".join(block.label + visible(block.text) for block in self._blocks)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as there is room."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the blocks take at this width."""
        return _height(self._content(width))

    def render(self) -> Content:
        """The blocks, broken at the present width."""
        return self._content(self.content_size.width)

    def _content(self, width: int) -> Content:
        if self._laid_out is None or self._laid_out[0] != width:
            self._laid_out = (width, lay_out(self._blocks, width, self._words))
        return self._laid_out[1]


def _height(content: Content) -> int:
    """Of content whose lines are broken already."""
    return content.plain.count("\n") + 1


def lay_out(blocks: Sequence[Block], width: int, words: Sequence[str] = ()) -> Content:
    """The blocks as one piece of content whose lines are all at most ``width`` cells, ``words`` marked."""
    wanted = re.compile("|".join(map(re.escape, words)), re.IGNORECASE) if words else None
    lines: list[Content] = []
    for block in blocks:
        indent = cell_len(block.label)
        # On a very narrow screen a label must not eat the whole line.
        indent = indent if indent < width // 2 else 0
        text = visible(block.text)
        found = list(block.spans)
        if wanted:
            found += [(*match.span(), MARKED) for match in wanted.finditer(text)]
        place = 0
        for at, line in enumerate(wrap(text, width - indent)):
            label = block.label if at == 0 else " " * indent
            body = Content.styled(line, block.style)
            if found:
                # A word may run over the end of a line: where the line stands in the text decides.
                place = max(text.find(line, place), place)
                body = _marked(body, found, place)
                place += len(line)
            lines.append(Content.assemble((label, block.label_style), body))
    return Content("\n").join(lines)


def _marked(line: Content, found: Sequence[tuple[int, int, str]], place: int) -> Content:
    """A line that begins at ``place`` of a text, with what was found in the text in its style."""
    end = place + len(line.plain)
    for first, last, style in found:
        if first < end and last > place:
            line = line.stylize(style, max(first - place, 0), min(last, end) - place)
    return line

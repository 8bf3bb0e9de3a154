"""Paints kept pictures as PNG: ``python -m tests.pictures.painting`` (``make pictures``).

Needs a monospaced Chinese font, found through fontconfig: Debian's fonts-noto-cjk.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len

REPOSITORY = Path(__file__).resolve().parents[2]
KEPT = REPOSITORY / "tests" / "tui" / "__snapshots__" / "test_tui_pictures"
INTO = REPOSITORY / "docs" / "pictures"
#: Picture of the README and the manual → the kept picture it is painted from.
PICTURES = {
    "main": "main-140x40-dark",
    "filter": "filter-100x30-dark",
    "facets": "facets-140x40-dark",
    "board": "board-140x40-dark",
    "timeline": "timeline-140x40-dark",
    "charts": "charts-140x40-dark",
    "detail": "detail-80x24-dark",
    "report": "report-100x30-dark",
    "preview": "preview-100x30-dark",
    "palette": "palette-100x30-dark",
    "help": "help-100x30-dark",
    "stats": "missing-100x30-dark",
    "settle": "settle-100x30-dark",
    "review": "review-140x40-dark",
    "tour": "tour-100x30-dark",
}
CELL = (9, 20)
SIZE = 16
GROUND = (18, 18, 18)
_TOKEN = re.compile(r"\x1b\[([0-9;]*)m|(.)", re.DOTALL)


@dataclass(frozen=True)
class Ink:
    """How a cell is drawn."""

    fore: tuple[int, int, int] = (220, 220, 220)
    back: tuple[int, int, int] = GROUND
    bold: bool = False
    under: bool = False
    turned: bool = False


def paint(text: str) -> Image.Image:
    """A kept picture as an image, a cell each 9 by 20 pixels."""
    lines = text.rstrip("\n").split("\n")
    columns = max(cell_len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines)
    image = Image.new("RGB", (columns * CELL[0], len(lines) * CELL[1]), GROUND)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        ink, column = Ink(), 0
        for codes, char in _TOKEN.findall(line):
            if not char:
                ink = _inked(ink, codes)
                continue
            wide = cell_len(char)
            box = (column * CELL[0], row * CELL[1], (column + wide) * CELL[0] - 1, (row + 1) * CELL[1] - 1)
            fore, back = (ink.back, ink.fore) if ink.turned else (ink.fore, ink.back)
            pen.rectangle(box, fill=back)
            if char != " ":
                pen.text((box[0], box[1] - 2), char, font=_font(ink.bold), fill=fore)
            if ink.under:
                pen.line((box[0], box[3] - 1, box[2], box[3] - 1), fill=fore)
            column += wide
    return image


def _inked(ink: Ink, codes: str) -> Ink:
    numbers = [int(code) for code in codes.split(";") if code] or [0]
    while numbers:
        code = numbers.pop(0)
        if code == 0:
            ink = Ink()
        elif code in (38, 48) and len(numbers) >= 4 and numbers[0] == 2:
            colour = (numbers[1], numbers[2], numbers[3])
            ink = replace(ink, fore=colour) if code == 38 else replace(ink, back=colour)
            numbers = numbers[4:]
        elif code == 1:
            ink = replace(ink, bold=True)
        elif code == 4:
            ink = replace(ink, under=True)
        elif code == 7:
            ink = replace(ink, turned=True)
    return ink


def _font(bold: bool, _kept: dict[bool, ImageFont.FreeTypeFont] = {}) -> ImageFont.FreeTypeFont:  # noqa: B006
    if bold not in _kept:
        name = f"Noto Sans Mono CJK SC:style={'Bold' if bold else 'Regular'}"
        found = subprocess.run(
            ["fc-match", "-f", "%{file}|%{index}|%{family}", name], capture_output=True, text=True, check=True
        ).stdout
        path, index, family = found.split("|")
        if "CJK" not in family:
            raise SystemExit("没有等宽的中文字体：Debian 上安装 fonts-noto-cjk")
        _kept[bold] = ImageFont.truetype(path, SIZE, index=int(index or 0) & 0xFFFF)
    return _kept[bold]


def main() -> None:
    """Paint every picture that the README and the manual show."""
    INTO.mkdir(parents=True, exist_ok=True)
    for name, kept in PICTURES.items():
        image = paint((KEPT / f"{kept}.ans").read_text("utf-8"))
        # Few colours: the palette makes the file a third as large.
        image.quantize(256, dither=Image.Dither.NONE).save(INTO / f"{name}.png", optimize=True)
        sys.stdout.write(f"{name}.png  {image.width}x{image.height}\n")


if __name__ == "__main__":
    main()

"""The manual says what the program does: its keys, its commands, its places, and in characters that fit."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest
from rich.cells import cell_len
from typer.main import get_command

from fazhi_tui.cli.app import app
from fazhi_tui.cli.command_table import COMMAND_NAMES
from fazhi_tui.service.manual import manual_page, manual_pages
from fazhi_tui.tui.actions.keymap import keymap
from fazhi_tui.tui.actions.main import COMMANDS
from fazhi_tui.tui.actions.table import PLACES
from fazhi_tui.tui.detail.markdown import markdown_blocks
from fazhi_tui.tui.dialogs.manual_text import filled, title_of, unwrapped, whole_manual, without_pictures
from fazhi_tui.tui.styles import key_name
from fazhi_tui.tui.widgets.prose import lay_out
from tests.conftest import REPOSITORY
from tests.pictures.painting import PICTURES

PAGES = manual_pages()
#: Pictures that `make pictures` makes.
MADE = {f"{name}.png" for name in (*PICTURES, "serve")}
#: Cells that the manual's window has for text in a terminal of 80.
WIDTH = 70
#: Actions that only move, or change how the screen looks: they show nothing that a command would print.
SHOWS_NOTHING = {
    "clear", "sort", "columns", "back", "forward", "zoom", "grow", "shrink", "next_tab", "previous_tab",
    "next", "previous", "refresh", "theme", "themes", "settings", "tour", "quit", "card_back", "card_on",
}  # fmt: skip
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(fazhi\b[^`\n]*)`")


def commands() -> list[tuple[str, str]]:
    """Page and command, for every command line that a page tells people to type."""
    found = []
    for name, page in PAGES.items():
        lines = [
            line for language, body in _BLOCK.findall(page) if language == "sh" for line in body.splitlines()
        ]
        lines += _INLINE.findall(_BLOCK.sub("", page))
        found += [(name, line) for line in lines if line.startswith("fazhi") and line[5:6] in ("", " ")]
    return found


def test_the_document_is_what_make_manual_makes() -> None:
    text = (REPOSITORY / "docs" / "manual.md").read_text(encoding="utf-8")
    assert text == whole_manual(PAGES), "run make manual"


def test_every_action_of_every_place_stands_in_a_table_of_keys() -> None:
    text = "\n".join(filled(page, PLACES) for page in PAGES.values())
    for place, commands_there in PLACES.items():
        for command in commands_there:
            keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
            row = f"| {keys} | {command.name} | {command.help.rstrip('。')} |".replace("`|`", "`\\|`")
            assert row in text, f"{place}/{command.id}"


@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_place_has_its_page(place: str) -> None:
    assert manual_page(place).startswith("# ")


def test_every_page_that_the_code_names_exists() -> None:
    named: dict[str, str] = {}
    for file in (REPOSITORY / "fazhi_tui").rglob("*.py"):
        for name in re.findall(r'\bmanual_page = "(\w+)"', file.read_text(encoding="utf-8")):
            named[name] = file.name
    assert {"facets", "list", "board", "timeline", "charts", "detail", "filter"} <= set(named)
    assert set(named) <= set(PAGES), named


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window_and_uses_no_character_of_ambiguous_width(name: str) -> None:
    page = without_pictures(filled(PAGES[name], PLACES))
    assert not re.search(r"\{[a-z]+[:}]", page), "something was not filled in"
    for line in lay_out(markdown_blocks(page), WIDTH).plain.split("\n"):
        assert cell_len(line) <= WIDTH, line
        assert not [char for char in line if east_asian_width(char) == "A"], line


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_at_one_sitting(name: str) -> None:
    assert len(PAGES[name].splitlines()) <= 70


def test_titles_differ_and_sections_that_pages_point_to_exist() -> None:
    titles = [title_of(page) for page in PAGES.values()]
    assert len(set(titles)) == len(titles)
    for name, page in PAGES.items():
        for title in re.findall(r"「([^」]*)」一节", page):
            assert title in titles, f"{name}: {title}"


def test_keys_are_those_that_the_person_has() -> None:
    places = keymap([("填报", "R F2"), ("预览/返回", "x Esc")]).places
    text = filled("按 {both:report}，{key:preview/back} 返回。\n\n{keys:preview}\n", places)
    assert text.startswith("按 `R` 或 `F2`，`x` 返回。")
    assert "| `x` `Esc` | 返回 |" in text


def test_contents_lead_to_the_chapters_whatever_else_has_their_name() -> None:
    text = whole_manual(
        {"first": "# 甲\n\n## 乙\n\n```\n# 引用\n```\n", "second": "# 乙、丙\n", "third": "# 乙\n"}
    )
    assert "- [甲](#甲)\n- [乙、丙](#乙丙)\n- [乙](#乙-1)\n" in text
    assert "\n## 甲\n\n### 乙\n\n```\n# 引用\n```\n\n## 乙、丙\n\n## 乙\n" in text


def test_lines_of_a_paragraph_are_joined_and_nothing_else_is() -> None:
    others = "- 三\n\n| 甲 |\n| --- |\n| 乙 |\n\n1. 一\n2. 二\n\n```\nx\ny\n```\n{moving}\n"
    assert unwrapped(f"# 题\n正文，\n`a`\nb 写\n\n- 一，\n  二\n{others}") == (
        f"# 题\n正文，`a` b 写\n\n- 一，二\n{others}"
    )


def test_pictures_are_those_that_are_made() -> None:
    shown = re.findall(r"!\[[^]]*\]\(([^)]*)\)", "\n".join(PAGES.values()))
    assert shown
    # The README's, too; and none is made for nothing.
    readme = set(re.findall(r"docs/pictures/([a-z-]+\.png)", (REPOSITORY / "README.md").read_text("utf-8")))
    assert readme | {Path(one).name for one in shown} == MADE
    assert {one.name for one in (REPOSITORY / "docs" / "pictures").iterdir()} == MADE
    assert {Path(one).parent.as_posix() for one in shown} == {"pictures"}


@pytest.mark.parametrize("text", sorted({text for _, text in commands()}))
def test_commands_and_their_options_exist(text: str) -> None:
    group: Any = get_command(app)
    words = text.split()[1:]
    command = group
    if words and re.fullmatch(r"[a-z]+", words[0]):
        assert words[0] in COMMAND_NAMES, text
        command = group.get_command(None, words[0])
    known = {name for param in command.params for name in param.opts} | {"--help", "-h"}
    options = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    assert options <= known, f"{text}: {options - known}"


def test_every_command_is_told_of() -> None:
    told = {text.split()[1] for _, text in commands() if len(text.split()) > 1}
    assert set(COMMAND_NAMES) <= told


def test_whatever_the_screen_shows_has_a_command_beside_it() -> None:
    rows = re.findall(r"^\| ([^|]+) \| (.*(?:`fazhi |`git config ).*) \|$", PAGES["plain"], re.MULTILINE)
    named = {word for left, _ in rows for word in left.strip().split("、")}
    missing = {
        command.name for command in COMMANDS if command.id not in SHOWS_NOTHING and command.name not in named
    }
    assert not missing


def test_the_keys_of_a_saved_view_are_those_of_the_schema() -> None:
    schema = REPOSITORY / "plan" / "schema" / "views.schema.json"
    keys = set(json.loads(schema.read_text(encoding="utf-8"))["$defs"]["savedview"]["properties"])
    assert set(re.findall(r"^\| `(\S+)` \|", PAGES["views"], re.MULTILINE)) == keys

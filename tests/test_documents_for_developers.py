"""What CONTRIBUTING.md and docs/architecture.md name is there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import REPOSITORY

#: A path in backquotes: of the repository, or of the package.
_PATH = re.compile(r"`((?:[a-z_.]+/)*[a-z_0-9-]+\.(?:py|md|yaml|txt|tcss|toml)|(?:[a-z_]+/)+)`")


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_path_that_is_named_is_there(document: str) -> None:
    text = (REPOSITORY / document).read_text("utf-8")
    named = set(_PATH.findall(text))
    assert len(named) > 20
    roots = [REPOSITORY, REPOSITORY / "fazhi_tui"]
    parts = [folder for folder in (REPOSITORY / "fazhi_tui").rglob("*") if folder.is_dir()]
    missing = {path for path in named if not any((root / path).exists() for root in [*roots, *parts])}
    assert missing <= {".git/fazhi/", "plan/views.yaml"}, missing


def test_the_tree_in_contributing_names_every_room() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    tree = text.partition("```\nfazhi_tui/\n")[2].partition("```")[0]
    rooms = {
        path.parent.relative_to(REPOSITORY / "fazhi_tui")
        for path in REPOSITORY.glob("fazhi_tui/*/__init__.py")
    }
    assert rooms
    for room in rooms:
        assert re.search(rf"^  {room}/ ", tree, re.MULTILINE), room

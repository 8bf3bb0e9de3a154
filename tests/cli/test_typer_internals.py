"""What is not public in Typer, or Click beneath it, is touched in one module alone."""

from __future__ import annotations

import re
from pathlib import Path

import fazhi_tui
from fazhi_tui.cli import typer_internals

PRIVATE = re.compile(r"\btyper\._|from typer import _|\bimport click\b|from click\b|\._runtime_param\b")


def test_only_one_module_touches_what_is_private_in_typer() -> None:
    root = Path(fazhi_tui.__file__).parent
    touching = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if PRIVATE.search(path.read_text(encoding="utf-8"))
    }
    assert touching == {"cli/typer_internals.py"}


def test_what_that_module_gives_is_named_there() -> None:
    assert all(hasattr(typer_internals, name) for name in typer_internals.__all__)

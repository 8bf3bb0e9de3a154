"""The borders of DESIGN.md, section 5, held in a real process by looking at sys.modules."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import PYTHON

PROBE = """
import json, sys
from fazhi_tui.cli import run
code = run(sys.argv[1:])
sys.stdout.flush()
print("MODULES " + json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
sys.exit(code)
"""
#: What costs more than a whole list does, or belongs to another room.
HEAVY = {
    "textual",
    "git",
    "pypinyin",
    "pydantic",
    "rich",
    "wcwidth",
    "filelock",
    "platformdirs",
    "jsonschema",
    "aiohttp",
    "textual_serve",
}


def modules_after(root: Path, *words: str) -> set[str]:
    done = subprocess.run(
        [PYTHON, "-c", PROBE, *words],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ.copy(),
        check=True,
    )
    return set(json.loads(done.stderr.rpartition("MODULES ")[2]))


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "lead:sfj 复议 due<2025"),
        ("list", "--json"),
        ("show", "28"),
        ("show", "28", "--json"),
        ("units",),
        ("units", "sfj"),
        ("check",),
        ("--help",),
        ("report", "--help"),
        ("completion", "bash"),
    ],
)
def test_what_only_reads_files_loads_nothing_heavy(tracker: Path, words: tuple[str, ...]) -> None:
    assert modules_after(tracker, *words) & HEAVY == set()


@pytest.mark.parametrize("words", [("log",), ("report", "28", "-m", "示例"), ("undo", "--dry-run")])
def test_what_asks_git_loads_git_and_no_screen(tracker: Path, words: tuple[str, ...]) -> None:
    if words[0] == "undo":
        modules_after(tracker, "report", "28", "-m", "示例")
    loaded = modules_after(tracker, *words)
    assert "git" in loaded
    assert loaded & {"textual", "rich", "pydantic", "pypinyin", "aiohttp", "textual_serve"} == set()


def test_the_screen_loads_no_web_server_and_the_web_server_no_screen(tracker: Path) -> None:
    probe = """
import sys
import fazhi_tui.{}
print(sorted({{name.partition(".")[0] for name in sys.modules}} & {{"textual", "aiohttp", "textual_serve"}}))
"""
    for room, loaded in (("tui.app", "['textual']"), ("web.server", "['aiohttp', 'textual_serve']")):
        done = subprocess.run([PYTHON, "-c", probe.format(room)], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == loaded

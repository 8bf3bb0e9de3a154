"""What README.md tells people to type works: every command of its ``sh`` and ``console`` blocks is run, in
the order of the page, in one fresh copy of the tracker; every option it mentions exists.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from fazhi_tui.cli.app import app
from fazhi_tui.cli.command_table import COMMAND_NAMES
from tests.cli.running import Terminal, review_and_build, run_line, write_documents
from tests.conftest import REPOSITORY, git

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
#: Commands that this test does not run, and what runs them instead.
COVERED_ELSEWHERE = {
    "make run": "tests/journeys/test_tmux.py opens the screen; .ci/run builds the environment",
    "make test": "this is it",
    "make check": ".ci/run",
    "make bench": "tests/test_benchmarks.py",
    "fazhi serve": "tests/web starts it and looks at it in a browser",
}
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(fazhi\b[^`\n]*)`")


def commands() -> list[str]:
    """The command lines of the page, in order."""
    found = []
    for language, body in _BLOCK.findall(README):
        if language not in ("sh", "console"):
            continue
        for line in body.splitlines():
            if language == "console" and not line.startswith("$ "):
                continue  # what a command prints
            command = line.removeprefix("$ ").strip()
            if command and not command.startswith("#"):
                found.append(command)
    return found


def test_the_page_has_commands_and_all_are_of_a_kind_that_is_run() -> None:
    assert len(commands()) > 10
    for command in commands():
        assert command.split()[0] in ("fazhi", "make", "git"), command


def test_every_command_of_the_page_runs(
    real_tracker: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(real_tracker)
    # A new tracker is a repository of its own: whoever makes one has told git who they are.
    who = {
        f"GIT_{role}_{what}": "example@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    for name, value in who.items():
        monkeypatch.setenv(name, value)
    write_documents(real_tracker.parent)
    git(real_tracker.parent, "clone", "-q", "--bare", str(real_tracker), "服务器.git")
    git(real_tracker, "remote", "add", "origin", str(real_tracker.parent / "服务器.git"))
    for command in commands():
        if command in COVERED_ELSEWHERE:
            continue
        words = command.split()
        if words[-1] == "--review":
            review_and_build(real_tracker, command, who)
            continue
        if words[0] == "fazhi" and (
            len(words) == 1 or (words[1] not in COMMAND_NAMES and not words[1].startswith("-"))
        ):
            terminal = Terminal(real_tracker, *words[1:], columns=120, lines=40)
            terminal.read_until("分支")
            terminal.send("q")
            assert terminal.close() == 0, command
            continue
        done = run_line(capsys, command, real_tracker)
        assert done.code == 0, (command, done.out, done.err)


@pytest.mark.parametrize("text", sorted(set(_INLINE.findall(_BLOCK.sub("", README)))))
def test_commands_and_options_in_the_text_exist(text: str) -> None:
    group = get_command(app)
    words = text.split()[1:]
    command = group
    if words and words[0] in COMMAND_NAMES:
        command = group.get_command(None, words[0])  # type: ignore[attr-defined]
    known = {name for param in command.params for name in param.opts} | {"--help", "-h"}
    options = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    assert options <= known, f"{text}: {options - known}"

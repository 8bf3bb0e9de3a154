"""Real repositories to try things on, and ways to look at them from outside."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import git
from tests.templates import copy_of

NOTE = "status/28/20221220T153000-ssfj-3f9a.md"


def write(root: Path, path: str, text: str = "示例\n") -> str:
    """Write a file below ``root`` and give its path back."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return path


def make_repository(root: Path, *, prefix: str = "") -> Path:
    """A small tracker (示例) under git with one commit; its root may be a folder inside the repository."""

    def make(new: Path) -> None:
        _make(new, prefix)

    return copy_of(f"small-{prefix.replace('/', '-')}", make, root) / prefix


def _make(root: Path, prefix: str) -> None:
    tracker = root / prefix
    tracker.mkdir(parents=True)
    git(root, "init", "-q", "-b", "main", "--template=")
    set_identity(root)
    write(tracker, "plan/plan.yaml", "标题: 示例方案\n")
    write(tracker, "plan/28.yaml", '编号: "28"\n')
    write(tracker, "README.md")
    write(root, ".gitattributes", "* text=auto eol=lf\n")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "示例：建立台账")


def set_identity(root: Path) -> None:
    git(root, "config", "user.name", "示例填报人")
    git(root, "config", "user.email", "example@example.org")
    git(root, "config", "fazhi.unit", "市司法局")


def message(subject: str = "28 推进中：示例", **trailers: str) -> str:
    values = {"Measure": "28", "Unit": "市司法局", "Kind": "进展"} | trailers
    return subject + "\n\n" + "\n".join(f"{key}: {value}" for key, value in values.items()) + "\n"


def head(root: Path) -> str:
    return git(root, "rev-parse", "--verify", "-q", "HEAD", check=False).strip()


def index_entries(root: Path) -> str:
    return git(root, "ls-files", "--stage", "-z")


def porcelain(root: Path) -> str:
    return git(root, "status", "--porcelain=v2", "-z", "--untracked-files=all")


def hook(root: Path, name: str, script: str) -> Path:
    """Install a hook (a shell script without its first line)."""
    path = root / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    path.chmod(0o755)
    return path


class Processes:
    """The git commands that were started, read from git's own trace."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    @property
    def commands(self) -> list[str]:
        """The command name of each git that this program started itself (not those that git starts)."""
        if not self._trace.exists():
            return []
        names: list[str] = []
        for line in self._trace.read_text("utf-8").splitlines():
            event = json.loads(line)
            if event["event"] == "cmd_name" and "/" not in event["sid"]:
                names.append(event["name"])
        return names


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Processes]:
    """Count the git processes that are started inside."""
    trace = tmp_path / f"trace-{os.urandom(4).hex()}.json"
    with monkeypatch.context() as patch:
        patch.setenv("GIT_TRACE2_EVENT", str(trace))
        yield Processes(trace)

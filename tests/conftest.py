"""Shared by all tests: a world without the machine's own git configuration, clock or terminal."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.templates import copy_of, keep_in

#: The day that it is in the tests' world, whatever the clock says: one in the middle of the plan.
TODAY = date(2023, 6, 30)
REPOSITORY = Path(__file__).resolve().parent.parent

# How long an example takes says how busy the machine is, and nothing of the program.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Leave the modules and the collected tests out of every later garbage collection.

    A fifth of the processor time went into walking through them again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A place for what is made once a session."""
    keep_in(tmp_path_factory)


@pytest.fixture(autouse=True)
def own_world(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Git configuration, home folder and environment of the test alone; its person has seen the tour."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(
        f"[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[fazhi]\n\ttoday = {TODAY}\n", encoding="utf-8"
    )
    for name in [name for name in os.environ if name.startswith(("GIT_", "FAZHI_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("XDG_STATE_HOME", str(home / ".state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    # A screen that opens for the first time begins with the tour; `forget_tour` is for who wants it.
    kept = _screen_file(home)
    kept.parent.mkdir(parents=True)
    kept.write_text('{"tour_seen": true}\n', encoding="utf-8")
    return home


def _screen_file(home: Path) -> Path:
    """Where the screen keeps what it remembers by itself (``service/preferences/preferences.py``)."""
    return home / ".state" / "fazhi" / "screen.json"


@pytest.fixture
def forget_tour(own_world: Path) -> Path:
    """As on a machine where the screen was never opened; gives the file that will remember it."""
    kept = _screen_file(own_world)
    kept.unlink()
    kept.parent.rmdir()
    return kept


def git(root: Path, *words: str, check: bool = True, **kwargs: Any) -> str:
    """Run real git in ``root`` on :data:`TODAY`, as the program does there, and give its standard output."""
    moment = f"{TODAY}T{datetime.now(timezone(timedelta(hours=8))):%H:%M:%S%z}"
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    environ = {**dates, **kwargs.pop("env", os.environ)}
    done = subprocess.run(
        ["git", *words],
        cwd=root, env=environ, check=False, capture_output=True, text=True, encoding="utf-8", **kwargs,
    )  # fmt: skip
    if check and done.returncode:
        raise AssertionError(f"git {' '.join(words)}: {done.stderr}")
    return str(done.stdout)


@pytest.fixture
def real_tracker(tmp_path: Path) -> Path:
    """A fresh clone-like copy of the repository's own plan under git, with one commit and an identity."""
    return copy_of("tracker", _make_tracker, tmp_path / "tracker")


def _make_tracker(root: Path) -> None:
    root.mkdir()
    shutil.copytree(REPOSITORY / "plan", root / "plan")
    (root / "status").mkdir()
    shutil.copy(REPOSITORY / "status" / "README.md", root / "status" / "README.md")
    (root / "README.md").write_text("示例\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main", "--template=")
    git(root, "config", "user.name", "示例填报人")
    git(root, "config", "user.email", "example@example.org")
    git(root, "config", "fazhi.unit", "市司法局")
    git(root, "config", "fazhi.today", str(TODAY))
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "示例：建立台账")


@pytest.fixture
def run_git() -> Callable[..., str]:
    """The :func:`git` helper, for tests that do not import it."""
    return git

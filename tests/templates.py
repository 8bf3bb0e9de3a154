"""Repositories that are made once in a session, by whichever worker asks first, and copied for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from fazhi_tui.service.demo.build import build_demo

#: Folder of this session's templates, shared by all workers; see :func:`keep_in`.
_folder: list[Path] = []


def keep_in(factory: pytest.TempPathFactory) -> None:
    """Keep templates in the session's temporary folder, beside those of the workers."""
    base = factory.getbasetemp()
    _folder[:] = [(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "templates"]


def template(name: str, make: Callable[[Path], object]) -> Path:
    """The folder that ``make`` has filled, made the first time; to be read, never to be written."""
    (folder,) = _folder
    folder.mkdir(exist_ok=True)
    made = folder / name
    with FileLock(folder / f"{name}.lock"):
        if not made.exists():
            unfinished = folder / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            with pytest.MonkeyPatch.context() as patch:
                # Sessions' fixtures come before any test has a world of its own.
                patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
                patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
                patch.setenv("TZ", "Asia/Shanghai")
                make(unfinished)
            unfinished.rename(made)
    return made


def copy_of(name: str, make: Callable[[Path], object], target: Path) -> Path:
    """A copy of a template, with git's index knowing the copied files for its own."""
    shutil.copytree(template(name, make), target, symlinks=True, dirs_exist_ok=True)
    # Where a merge waits it says so and fails.
    subprocess.run(["git", "update-index", "-q", "--refresh"], cwd=target, capture_output=True, check=False)
    return target


def demo_template() -> Path:
    """The example of ``fazhi demo``, which has no remote, no draft and no preference."""
    return template("demo", build_demo)


def copy_of_demo(target: Path) -> Path:
    """The example, to be written."""
    return copy_of("demo", build_demo, target)

"""One example repository for the whole session, as ``fazhi demo`` makes it; read, never written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazhi_tui.service.demo.build import DEMO_TODAY, Demo, build_demo
from fazhi_tui.service.view import View
from fazhi_tui.service.workspace import Workspace


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = tmp_path_factory.mktemp("demo-home")
    kept = dict(os.environ)
    os.environ.update({"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull})
    try:
        return build_demo(tmp_path_factory.mktemp("demo") / "示例台账")
    finally:
        os.environ.clear()
        os.environ.update(kept)


@pytest.fixture(scope="session")
def example(demo: Demo) -> View:
    return Workspace(demo.root, DEMO_TODAY).load()


@pytest.fixture
def root(demo: Demo) -> Path:
    return demo.root

"""One example repository for the whole session, as ``fazhi demo`` makes it; read, never written."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.view import View
from tests.templates import demo_template


@pytest.fixture(scope="session")
def demo_view() -> View:
    return Reader(demo_template(), DEMO_TODAY).load()


@pytest.fixture
def demo_root() -> Path:
    return demo_template()

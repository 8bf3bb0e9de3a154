"""The real source and its corrections, converted once for all tests that only read the result."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.importer.corrections.file import load_corrections
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.result import Imported

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "plan" / "source" / "document.txt"
CORRECTIONS = ROOT / "plan" / "source" / "corrections.yaml"


@pytest.fixture(scope="session")
def source() -> bytes:
    return SOURCE.read_bytes()


@pytest.fixture(scope="session")
def corrections() -> Corrections:
    return load_corrections(CORRECTIONS)


@pytest.fixture(scope="session")
def imported(source: bytes, corrections: Corrections) -> Imported:
    return convert(source, corrections)


@pytest.fixture(scope="session")
def measures(imported: Imported) -> dict[str, Measure]:
    return {measure.id: measure for measure in imported.measures}

"""``make bench`` measures what the issue asks for, each beside its floor."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.conftest import REPOSITORY


def test_each_thing_is_measured_beside_its_floor() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/run.py", "--rounds", "1", "--json"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    told = " ".join(f"{result['name']} {result['against']}" for result in results)
    for part in (
        "fazhi list",
        "import typer, ruamel.yaml",
        "painted",
        "empty Textual app",
        "fazhi report",
        "a key in",
    ):
        assert part in told
    # No bounds: a busy machine must not fail a test.  The ratios are for people (``make bench``).
    assert all(result["ms"] > 0 and result["floor_ms"] > 0 for result in results)


def test_an_import_is_measured_beside_what_its_library_needs_and_as_it_grows() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/importing.py", "--rounds", "1", "--largest", "10000", "--json"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    imported, grown = json.loads(done.stdout)
    assert "python-docx" in imported["against"]
    assert all(imported[key] > 0 for key in ("ms", "floor_ms", "ratio", "mb", "floor_mb"))
    assert grown["ms_per_mb"] > 0


def test_lights_are_measured_beside_the_reading_of_the_files() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/lights.py", "--quick", "--json"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["measures"], found["notes"]) == (100, 1000)
    assert found["lights_to_read"] > 0
    assert found["lights_to_load"] > 0


def test_reading_the_record_is_measured_beside_gits_own_log() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/history.py", "--rounds", "1", "--sizes", "100", "--json"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)
    assert found["commits"] == 100
    assert all(found[f"{name}_to_git"] > 0 for name in ("one", "all", "at", "audit"))


def test_a_key_in_the_filter_bar_is_measured_beside_the_filtering_itself() -> None:
    found = _run("benchmarks/completing.py", "--quick", "--json")
    assert found["measures"] == 100
    assert found["offer_ms"] > 0
    assert found["filter_ms"] > 0


def test_keys_are_measured_in_the_real_screen_beside_an_empty_app() -> None:
    found = _run("benchmarks/screen.py", "--rounds", "1", "--sizes", "48", "--json")
    measured = found["sizes"]["48"]
    assert {"cursor", "page", "mark", "tab", "sort", "filter: a word"} <= set(measured["keys"])
    assert all(taken["ratio"] > 0 for taken in measured["keys"].values())
    assert measured["peak_mb"] > 0
    assert found["floor"]["peak_mb"] > 0
    assert found["first_paint"]["ratio"] > 0


def _run(*words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found

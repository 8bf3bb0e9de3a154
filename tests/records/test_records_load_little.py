"""`import fazhi_tui.records` costs nothing; the YAML parser is loaded only by what is not plainly written."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

HEAVY = (
    "git",
    "textual",
    "pypinyin",
    "jsonschema",
    "typer",
    "ruamel",
    "_ruamel_yaml",
    "difflib",
    "jsonschema",
)


def loaded_after(code: str) -> set[str]:
    script = f"import sys; {code}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split()) & set(HEAVY)


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import fazhi_tui.records", set()),
        (
            (
                "import fazhi_tui.records.yaml.emitter, fazhi_tui.records.notes, fazhi_tui.records.files, "
                "fazhi_tui.records.json_store, fazhi_tui.records.fields"
            ),
            set(),
        ),
        (
            (
                "from fazhi_tui.records.check.run import check; from fazhi_tui.records.loader import load; "
                "from pathlib import Path; check(load(Path('.')))"
            ),
            set(),
        ),
        (
            (
                "from fazhi_tui.records.loader import load_files; "
                "load_files({'plan/1.yaml': '标题: [示例]'.encode()})"
            ),
            {"ruamel", "_ruamel_yaml"},
        ),
    ],
)
def test_no_more_is_loaded_than_is_used(code: str, modules: set[str]) -> None:
    assert loaded_after(code) == modules

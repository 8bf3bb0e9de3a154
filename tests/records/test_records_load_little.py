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
        ("from fazhi_tui import records; records.dump; records.render_note; records.write_atomic", set()),
        ("from fazhi_tui import records; records.drafts; records.to_json; records.fingerprint", set()),
        (
            "from fazhi_tui import records; from pathlib import Path; records.check(records.load(Path('.')))",
            set(),
        ),
        (
            "from fazhi_tui import records; records.load_files({'plan/1.yaml': '标题: [示例]'.encode()})",
            {"ruamel", "_ruamel_yaml"},
        ),
    ],
)
def test_no_more_is_loaded_than_is_used(code: str, modules: set[str]) -> None:
    assert loaded_after(code) == modules


def test_a_name_that_records_does_not_have_is_an_attribute_error() -> None:
    from fazhi_tui import records

    with pytest.raises(AttributeError):
        records.save_everything  # noqa: B018
    for name in records.__all__:
        assert getattr(records, name) is not None

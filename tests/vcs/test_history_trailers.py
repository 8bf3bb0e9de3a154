"""Trailers of a commit message, held against git's own reading."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fazhi_tui.vcs.trailers import TRAILERS, parse_trailers

VALUES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=20)
BODIES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200)


def block(values: dict[str, str]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in values.items())


@given(body=BODIES, values=st.dictionaries(st.sampled_from(sorted(TRAILERS)), VALUES, min_size=1))
def test_what_was_written_is_read_back_whatever_the_text_above_says(
    body: str, values: dict[str, str]
) -> None:
    assert parse_trailers(f"主题\n\n{body}\n\n{block(values)}") == values


@given(message=BODIES)
def test_any_text_is_read_without_error(message: str) -> None:
    assert set(parse_trailers(message)) <= set(TRAILERS)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(values=st.dictionaries(st.sampled_from(sorted(TRAILERS)), VALUES, min_size=1))
def test_git_reads_the_same(tmp_path: Path, values: dict[str, str]) -> None:
    text = f"主题\n\n正文 Kind: 办结\n\n{block(values)}"
    done = subprocess.run(
        ["git", "interpret-trailers", "--parse"],
        input=text.encode(),
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    theirs = dict(line.split(": ", 1) for line in done.stdout.decode().split("\n") if line)
    assert parse_trailers(text) == theirs


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("Measure: 28", {}),
        ("主题\nMeasure: 28", {}),
        ("主题\n\nMeasure: 28\n正文\n", {}),
        ("主题\n\n正文\n\nMeasure: 28\n\n正文在后\n", {}),
        ("主题\n\nMeasure: 28\nMeasure: 29\n", {"Measure": "28"}),
        ("主题\n\nUnit: 市\n 司法局\n", {"Unit": "市 司法局"}),
        ("主题\n\nMeasure: 28\n\nChange-Id: I1\nSigned-off-by: x <y>\n", {"Measure": "28"}),
        ("主题\n\nMeasure: 28\n(cherry picked from commit abc)\n", {"Measure": "28"}),
        ("主题\n\nKind: 撤销\n\nMeasure: 28\n", {"Measure": "28"}),
        ("主题\r\n\r\nMeasure: 28\r\n", {"Measure": "28"}),
        ("主题\n\nmeasure: 28\n", {}),
        ("主题\n\nSee: http://x\n\nMeasure:28\n", {"Measure": "28"}),
        ("", {}),
    ],
)
def test_only_the_block_at_the_end_counts(message: str, read: dict[str, str]) -> None:
    assert parse_trailers(message) == read

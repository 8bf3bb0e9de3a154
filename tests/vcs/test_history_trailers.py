"""Trailers of a commit message, held against git's own reading."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fazhi_tui.vcs.trailers import TRAILERS, Trailers, commit_message, parse_trailers, with_lines

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


@given(
    values=st.fixed_dictionaries({}, optional=dict.fromkeys(TRAILERS.values(), VALUES)),
    body=st.sampled_from(["", "正文", "正文\n\nKind: 办结"]),
)
def test_a_message_that_was_laid_out_is_read_back(values: dict[str, str], body: str) -> None:
    trailers = Trailers(**values)
    said = Trailers.parse(commit_message("主题", body, trailers))
    assert said == trailers or not trailers


def test_lines_go_before_the_trailers_and_each_once() -> None:
    merge = Trailers(kind="合并")
    once = with_lines(commit_message("合并 origin/main", "", merge), ["没选：甲"], merge)
    assert once.split("\n\n") == ["合并 origin/main", "没选：甲", "Kind: 合并\n"]
    assert with_lines(once, ["没选：甲"], merge) == once
    assert with_lines("手写的说明", [], merge) == "手写的说明\n\nKind: 合并"


PACKAGE = Path(__file__).resolve().parents[2] / "fazhi_tui"


def test_no_other_room_names_a_trailer() -> None:
    named = re.compile(rf"(?<![\w.])({'|'.join(TRAILERS)})(?=$|:)", re.MULTILINE)
    found = [
        f"{module.relative_to(PACKAGE)}:{node.lineno}: {node.value[:60]}"
        for module in sorted(PACKAGE.rglob("*.py"))
        if module.parent.name != "vcs"
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and named.search(node.value)
    ]
    assert found == []

"""status/README.md tells everything that a note by hand needs, and its example is one."""

from __future__ import annotations

import re

from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.records.check.run import check
from fazhi_tui.records.fields import fields_of
from fazhi_tui.records.loader import load_files
from fazhi_tui.records.notes import parse_note, render_note
from tests.conftest import REPOSITORY

TEXT = (REPOSITORY / "status" / "README.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line[:1] == "|"
]


def test_every_key_of_a_note_has_a_row_in_the_order_of_the_file() -> None:
    start = ROWS.index(["键", "必填", "说明"])
    rows = ROWS[start + 2 : start + 2 + len(fields_of(Note))]
    assert [row[:2] for row in rows] == [
        [field.key, "必填" if field.required else ""] for field in fields_of(Note)
    ]


def test_every_kind_has_a_row_that_tells_whose_it_is() -> None:
    start = ROWS.index(["类型", "谁写", "做什么"])
    assert [row[:2] for row in ROWS[start + 2 : start + 2 + len(NoteKind)]] == [
        [kind.value, "统筹单位" if RULES[kind].coordinator else "各单位"] for kind in NoteKind
    ]


def test_every_status_is_named() -> None:
    assert f"状态有：{'、'.join(Status)}。" in TEXT


def test_the_example_is_a_note_of_the_real_plan_and_is_marked_as_an_example() -> None:
    found = re.search(r"```markdown\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    path = re.search(r"status/28/\d{8}T\S+\.md", TEXT)
    assert path is not None
    note, problems = parse_note(found.group(1), path.group())
    assert problems == ()
    assert note is not None
    assert note.body.startswith("示例")
    files = {f"plan/{each.name}": each.read_bytes() for each in (REPOSITORY / "plan").glob("*.yaml")} | {
        path.group(): found.group(1).encode()
    }
    # That nobody reported before it is what a person should look at, and no error.
    found_there = [p.code for p in check(load_files(files)) if p.path == path.group()]
    assert found_there == ["forked-status"]


def test_written_by_the_program_the_example_is_the_same_text() -> None:
    found = re.search(r"```markdown\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    note, _ = parse_note(found.group(1), "status/28/x.md")
    assert note is not None
    assert render_note(note) == found.group(1)

"""``fazhi report`` without a message: the person's own editor, as with git commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Terminal, process
from tests.cli.test_report_command import head, notes
from tests.conftest import git


def editor(folder: Path, body: str) -> str:
    """An editor that does ``body`` with its file ``$1``."""
    script = folder / "编辑 器.sh"
    script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    script.chmod(0o755)
    return f"sh '{script}'"


def report(tracker: Path, command: str, *words: str) -> tuple[int, str]:
    terminal = Terminal(tracker, "report", "28", *words, env={"EDITOR": command})
    code = terminal.close()
    return code, terminal.shown


def test_what_is_written_above_the_line_is_the_message(tracker: Path, tmp_path: Path) -> None:
    written = "printf '示例：标题\\n\\n# 井号开头的一行\\n'"
    body = f'cp "$1" ../template; {{ {written}; cat "$1"; }} > ../new; cp ../new "$1"'
    code, shown = report(tracker, editor(tmp_path, body), "--status", "推进中")
    assert code == 0, shown
    text = notes(tracker)[0].read_text(encoding="utf-8")
    assert text.endswith("---\n示例：标题\n\n# 井号开头的一行\n")
    template = (tracker.parent / "template").read_text(encoding="utf-8")
    assert "第 28 条 持续深化行政复议体制改革" in template
    assert "填报后的状态：推进中" in template


def test_an_empty_message_gives_up(tracker: Path, tmp_path: Path) -> None:
    before = head(tracker)
    code, shown = report(tracker, editor(tmp_path, "true"))
    assert code == 2
    assert "没有填报" in shown
    assert head(tracker) == before


def test_the_explanation_is_left_out_even_without_the_line(tracker: Path, tmp_path: Path) -> None:
    body = '{ echo 示例：只写一行; grep -v \'>8\\|此线以下\' "$1"; } > ../new; cp ../new "$1"'
    code, shown = report(tracker, editor(tmp_path, body))
    assert code == 0, shown
    assert notes(tracker)[0].read_text(encoding="utf-8").endswith("---\n示例：只写一行\n")


def test_an_editor_that_fails_keeps_what_was_written(tracker: Path, tmp_path: Path) -> None:
    code, shown = report(tracker, editor(tmp_path, 'echo 示例：写到一半 > "$1"; exit 3'))
    assert code == 3
    assert "fazhi report 28 --draft" in shown
    # The draft is offered again in the editor.
    body = 'cp "$1" ../offered'
    code, shown = report(tracker, editor(tmp_path, body))
    assert code == 0, shown
    assert (tracker.parent / "offered").read_text(encoding="utf-8").startswith("示例：写到一半\n")
    assert "示例：写到一半" in notes(tracker)[0].read_text(encoding="utf-8")
    assert process(tracker, "report", "28", "--draft").code == 2


def test_a_refusal_after_writing_keeps_the_draft_and_offers_it_again(tracker: Path, tmp_path: Path) -> None:
    git(tracker, "checkout", "-q", "--detach")
    code, shown = report(tracker, editor(tmp_path, 'echo 示例：写好了 > "$1"'), "--status", "推进中")
    assert code == 3
    assert "--draft" in shown
    git(tracker, "switch", "-q", "main")
    code, shown = report(tracker, editor(tmp_path, "true"), "--draft")
    assert code == 0, shown
    text = notes(tracker)[0].read_text(encoding="utf-8")
    assert "示例：写好了" in text
    assert "状态: 推进中" in text


def test_a_draft_whose_text_is_cleared_stays(tracker: Path, tmp_path: Path) -> None:
    git(tracker, "checkout", "-q", "--detach")
    process(tracker, "report", "28", "-m", "示例：写好了")
    git(tracker, "switch", "-q", "main")
    code, _ = report(tracker, editor(tmp_path, ': > "$1"'))
    assert code == 2
    assert process(tracker, "report", "28", "--draft").code == 0


@pytest.mark.parametrize("command", ["没有这个编辑器", "/dev/null"])
def test_an_editor_that_cannot_be_run_is_named(tracker: Path, command: str) -> None:
    code, shown = report(tracker, command)
    assert code == 2
    assert "EDITOR" in shown
    assert "Traceback" not in shown


def test_gbk_from_an_old_editor_is_read(tracker: Path, tmp_path: Path) -> None:
    code, shown = report(tracker, editor(tmp_path, "printf '\\312\\276\\300\\375\\n' > \"$1\""))
    assert code == 0, shown
    assert "示例" in notes(tracker)[0].read_text(encoding="utf-8")

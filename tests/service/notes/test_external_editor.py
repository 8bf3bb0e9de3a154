"""The person's own editor: which one, and what becomes of what it leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.service.notes.external_editor import edited


def editor(folder: Path, text: str) -> str:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_quotes_that_do_not_match_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", 'vi "')
    with pytest.raises(UsageError, match="EDITOR") as caught:
        edited("示例", "说明", "28.md", print, print)
    assert "引号" in caught.value.hint


def test_what_stands_below_the_line_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(
        "EDITOR", editor(tmp_path, 'printf "# 不是说明\\n二\\n" | cat - "$1" > "$1.x"; mv "$1.x" "$1"')
    )
    assert edited("三", "说明", "28.md", print, print) == "# 不是说明\n二\n三"


def test_of_an_editor_that_fails_the_text_is_handed_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'sed -i "1s/$/，半句/" "$1"; exit 1'))
    kept: list[str] = []
    with pytest.raises(RepositoryError, match="退出码 1"):
        edited("示例", "说明", "28.md", kept.append, print, shielded=True)
    assert kept == ["示例，半句"]


def test_gb18030_is_read_and_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'iconv -f UTF-8 -t GB18030 "$1" > "$1.g"; mv "$1.g" "$1"'))
    said: list[str] = []
    assert edited("示例㐀", "说明", "28.md", print, said.append) == "示例㐀"
    assert "GB18030" in said[0]

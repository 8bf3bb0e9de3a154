"""A file is written whole or not at all, and drafts outlive a crash."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.records import json_store
from fazhi_tui.records.files import fingerprint, write_atomic


def test_a_file_is_written_with_its_folders_and_its_line_breaks_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "status/28/a.md"
    write_atomic(path, "甲\r\n乙\n")
    assert path.read_bytes() == "甲\r\n乙\n".encode()
    write_atomic(path, b"\x00\xff")
    assert path.read_bytes() == b"\x00\xff"
    assert list(path.parent.iterdir()) == [path]


def test_a_replaced_file_keeps_its_mode_and_a_new_one_gets_the_users(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("旧", encoding="utf-8")
    path.chmod(0o640)
    write_atomic(path, "新")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    old = os.umask(0o027)
    try:
        write_atomic(tmp_path / "b.yaml", "新")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "b.yaml").stat().st_mode) == 0o640


def test_whoever_has_the_old_file_open_still_reads_the_old_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("旧", encoding="utf-8")
    with path.open(encoding="utf-8") as stream:
        write_atomic(path, "新")
        assert stream.read() == "旧"


def refused(path: Path, content: str = "新") -> RepositoryError:
    with pytest.raises(RepositoryError) as error:
        write_atomic(path, content)
    assert error.value.hint
    return error.value


def test_a_folder_in_the_place_of_the_file_is_refused_and_leaves_no_litter(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    assert "目录占了位置" in refused(tmp_path / "a.yaml").message
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "status").write_text("", encoding="utf-8")
    assert "不是目录" in refused(tmp_path / "status/28/a.md").message


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert "文件名太长" in refused(tmp_path / ("长" * 200)).message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("旧", encoding="utf-8")
    # The temporary file leads to a device that is really full: the system's own refusal comes back.
    monkeypatch.setattr("os.urandom", lambda _: b"full")
    really_open = Path.open

    def onto_full_device(self: Path, *args: Any, **kwargs: Any) -> object:
        if self.name.endswith(f".{b'full'.hex()}.tmp"):
            return open("/dev/full", "wb")  # noqa: PTH123 - the caller closes it
        return really_open(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", onto_full_device)
    assert "磁盘已满" in refused(path).message
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "旧"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told_in_chinese(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert "没有写权限" in refused(tmp_path / "a.yaml").message
    finally:
        tmp_path.chmod(0o700)


def test_text_that_is_no_utf_8_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    assert "UTF-8" in refused(tmp_path / "a.md", "甲\udcff").message
    assert list(tmp_path.iterdir()) == []


def test_the_fingerprint_changes_with_files_and_with_nothing_else(tracker: Path) -> None:
    first = fingerprint(tracker)
    assert fingerprint(tracker) == first
    (tracker / "README.md").write_text("别的", encoding="utf-8")
    assert fingerprint(tracker) == first
    write_atomic(tracker / "plan/01.yaml", (tracker / "plan/01.yaml").read_text(encoding="utf-8"))
    second = fingerprint(tracker)
    assert second != first
    (tracker / "status/03").mkdir()
    (tracker / "status/03/a.md").write_text("示例", encoding="utf-8")
    assert fingerprint(tracker) != second
    assert fingerprint(tracker / "nowhere") == ()


# ------------------------------------------------------------------ drafts


def test_a_draft_comes_back_until_it_is_discarded(tmp_path: Path) -> None:
    folder = tmp_path / "fazhi/drafts"
    assert json_store.keys(folder) == ()
    assert json_store.load(folder, "28") is None
    json_store.save(folder, "28", {"message": "写到一半\n[/]", "progress": 30})
    json_store.save(folder, "28", {"message": "又写了些"})
    json_store.save(folder, "2-3", {"message": "乙"})
    assert json_store.keys(folder) == ("2-3", "28")
    assert json_store.load(folder, "28") == {"message": "又写了些"}
    json_store.discard(folder, "28")
    json_store.discard(folder, "28")
    assert json_store.keys(folder) == ("2-3",)


def test_no_key_of_a_draft_leads_out_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    for key in ("../../外", "..", "/etc/x", "a\x00b", ".隐藏"):
        json_store.save(folder, key, {"key": key})
        assert json_store.load(folder, key) == {"key": key}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drafts"]
    assert set(json_store.keys(folder)) == {"../../外", "..", "/etc/x", "a\x00b", ".隐藏"}


def test_a_damaged_draft_is_none_and_is_left_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "28.json").write_text("{坏", encoding="utf-8")
    (tmp_path / "29.json").write_text("[]", encoding="utf-8")
    assert json_store.load(tmp_path, "28") is None
    assert json_store.keys(tmp_path) == ()
    assert len(list(tmp_path.iterdir())) == 2

"""Exchange by file: numbered disks, verified before anything is merged, lost and repeated ones told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_tui.cli import run
from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError, RepositoryError, UsageError
from tests.conftest import git
from tests.service.exchange.conftest import Body

NewBody = Callable[..., Body]


@pytest.fixture
def sides(body: NewBody) -> tuple[Body, Body]:
    """Two networks that do not touch: neither can reach a server."""
    pair = (body("市司法局"), body("市委依法治市办"))
    for one in pair:
        git(one.root, "remote", "remove", "origin")
    return pair


def test_disks_follow_one_another_and_carry_only_what_is_new(
    sides: tuple[Body, Body], tmp_path: Path
) -> None:
    outside, inside = sides
    outside.start("28")
    first = outside.exchange.export_disk(tmp_path / "1.bundle", "neiwang")
    assert (first.number, first.commits) == (1, 2)
    got = inside.exchange.import_disk(first.path)
    assert (got.sender, got.number, got.how) == ("sfj", 1, "快进")
    assert inside.writer.reader.load().row("28").state.status == "推进中"
    outside.report("28", "示例：又")
    second = outside.exchange.export_disk(tmp_path / "2.bundle", "neiwang")
    assert (second.number, second.commits) == (2, 1)
    inside.report("28", "示例：请加快", kind="批示")
    assert inside.exchange.import_disk(second.path).how == "合并"
    # And back, by a series of its own.
    back = inside.exchange.export_disk(tmp_path / "回1.bundle", "waiwang")
    assert back.number == 1
    assert outside.exchange.import_disk(back.path).how == "快进"
    assert outside.head == inside.head
    with pytest.raises(NotAllowedError, match="没有新的提交要给 waiwang"):
        inside.exchange.export_disk(tmp_path / "回2.bundle", "waiwang")


def test_a_lost_disk_is_named_and_can_be_written_again(sides: tuple[Body, Body], tmp_path: Path) -> None:
    outside, inside = sides
    for number in (1, 2, 3, 4):
        outside.report("28", f"示例：{number}")
        outside.exchange.export_disk(tmp_path / f"{number}.bundle", "neiwang")
    inside.exchange.import_disk(tmp_path / "1.bundle")
    head = inside.head
    with pytest.raises(NotAllowedError, match="第 4 张盘接不上：中间缺第 2 至 3 张") as refused:
        inside.exchange.import_disk(tmp_path / "4.bundle")
    assert "--again 2" in refused.value.hint
    assert (inside.head, inside.is_clean) == (head, True)
    again = outside.exchange.export_disk(tmp_path / "补.bundle", "neiwang", again=2)
    assert again.commits == 3
    inside.exchange.import_disk(again.path)
    assert inside.head == outside.head
    with pytest.raises(UsageError, match="没有给 neiwang 导出过第 9 张"):
        outside.exchange.export_disk(tmp_path / "x.bundle", "neiwang", again=9)


def test_a_repeated_disk_changes_nothing(sides: tuple[Body, Body], tmp_path: Path) -> None:
    outside, inside = sides
    outside.start("28")
    disk = outside.exchange.export_disk(tmp_path / "1.bundle", "neiwang").path
    inside.exchange.import_disk(disk)
    head = inside.head
    again = inside.exchange.import_disk(disk)
    assert (again.repeated, again.received) == (True, ())
    assert inside.head == head


@pytest.mark.parametrize("at", [0.02, 0.5, 0.98])
def test_a_damaged_disk_is_refused_and_nothing_changes(
    sides: tuple[Body, Body], tmp_path: Path, at: float
) -> None:
    outside, inside = sides
    outside.start("28")
    disk = outside.exchange.export_disk(tmp_path / "1.bundle", "neiwang").path
    data = bytearray(disk.read_bytes())
    data[int(len(data) * at)] ^= 0xFF
    head = inside.head
    disk.write_bytes(data)
    with pytest.raises(FazhiError):
        inside.exchange.import_disk(disk)
    disk.write_bytes(bytes(data[: int(len(data) * at)]))
    with pytest.raises(FazhiError):
        inside.exchange.import_disk(disk)
    assert (inside.head, inside.is_clean) == (head, True)
    git(inside.root, "fsck", "--strict")


def test_what_is_no_disk_is_said(sides: tuple[Body, Body], tmp_path: Path) -> None:
    outside, inside = sides
    (tmp_path / "x").write_text("示例", "utf-8")
    with pytest.raises(UsageError, match="不是交换文件"):
        inside.exchange.import_disk(tmp_path / "x")
    with pytest.raises(UsageError, match="没有文件"):
        inside.exchange.import_disk(tmp_path / "没有")
    with pytest.raises(UsageError, match="已经有了"):
        outside.exchange.export_disk(tmp_path / "x", "neiwang")
    with pytest.raises(UsageError, match="代号"):
        outside.exchange.export_disk(tmp_path / "y", "内网")
    with pytest.raises(RepositoryError, match="写交换文件"):
        outside.exchange.export_disk(tmp_path / "没有" / "y", "neiwang")
    assert outside.is_clean


def test_disks_that_clash_are_settled_as_a_merge_is(
    sides: tuple[Body, Body],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    outside, inside = sides
    outside.amend("plan/28.yaml", "2022-12-31", "2023-06-30")
    inside.amend("plan/28.yaml", "2022-12-31", "2023-03-31")
    monkeypatch.chdir(outside.root)
    assert run(["bundle", "export", str(tmp_path / "1.bundle"), "--to", "neiwang"]) == 0
    assert "给 neiwang 的第 1 张" in capsys.readouterr().out
    monkeypatch.chdir(inside.root)
    assert run(["bundle", "import", str(tmp_path / "1.bundle")]) == 1
    assert "fazhi resolve" in capsys.readouterr().err
    assert run(["resolve", "28", "--take", "对方"]) == 0
    assert inside.is_clean
    assert run(["bundle", "导入", "x"]) == 2
    assert run(["bundle", "import", "x", "--full"]) == 2
    assert run(["bundle", "import", str(tmp_path / "1.bundle")]) == 0
    assert "以前已经导入" in capsys.readouterr().out

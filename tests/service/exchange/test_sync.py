"""Sync: what others filed comes, one's own goes; nothing is forced and nothing is lost."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.service.exchange.sync import Exchange
from fazhi_tui.service.notes.undo import prepare_undo
from tests.conftest import git
from tests.service.exchange.conftest import Body

NewBody = Callable[..., Body]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def log(root: Path) -> list[str]:
    return git(root, "log", "--format=%s", "main").splitlines()


def test_what_one_body_files_reaches_the_other(body: NewBody) -> None:
    first, second = body("市司法局"), body("市教育局")
    first.start("28")
    sent = first.exchange.sync()
    assert (sent.sent, sent.how, sent.received) == (1, "", ())
    got = second.exchange.sync()
    assert [event.measure for event in got.received] == ["28"]
    assert (got.how, got.sent) == ("快进", 0)
    assert second.writer.reader.load().row("28").state.status == "推进中"
    again = second.exchange.sync()
    assert (again.received, again.sent, again.how) == ((), 0, "")


def test_both_sides_filed_on_one_measure_and_both_records_stay(body: NewBody) -> None:
    first, second = body("市司法局"), body("市委依法治市办")
    first.start("28")
    first.exchange.sync()
    second.exchange.sync()
    first.report("28", "示例：甲")
    second.report("28", "示例：乙", kind="批示")
    first.exchange.sync()
    merged = second.exchange.sync()
    assert (merged.how, merged.sent) == ("合并", 2)
    first.exchange.sync()
    assert first.head == second.head
    bodies = [note.body.strip() for note in first.writer.reader.load().row("28").state.notes]
    assert {"示例：甲", "示例：乙"} <= set(bodies)
    subject, *_, trailers = git(second.root, "log", "-1", "--format=%B").strip().split("\n\n")
    assert subject == "合并 origin/main：1 个提交"
    assert trailers == "Kind: 合并"


def test_offline_is_no_error_and_says_what_waits(body: NewBody) -> None:
    here = body("市司法局")
    here.start("28")
    git(here.root, "remote", "set-url", "origin", f"git://127.0.0.1:{free_port()}/x.git")
    synced = here.exchange.sync()
    assert synced.offline is not None
    assert "连不上服务器" in synced.offline.message
    assert synced.waiting == 1
    git(here.root, "remote", "set-url", "origin", "https://fazhi.invalid/x.git")
    assert here.exchange.sync().offline is not None


def test_what_is_not_committed_stays_as_it_was(body: NewBody) -> None:
    first, second = body("市司法局"), body("市教育局")
    first.start("28")
    first.exchange.sync()
    second.start("41")
    (second.root / "plan" / "30.yaml").write_text("没写完", "utf-8")
    (second.root / "草稿.txt").write_text("示例", "utf-8")
    before = git(second.root, "status", "--porcelain")
    assert second.exchange.sync().sent == 2
    assert git(second.root, "status", "--porcelain") == before
    assert (second.root / "plan" / "30.yaml").read_text("utf-8") == "没写完"


@pytest.mark.parametrize("ahead", [False, True])
def test_a_file_in_the_way_is_named_and_nothing_changes(body: NewBody, ahead: bool) -> None:
    first, second = body("市司法局"), body("市教育局")
    first.amend("plan/28.yaml", "2022-12-31", "2023-06-30")
    first.exchange.sync()
    if ahead:
        second.start("41")
    file = second.root / "plan" / "28.yaml"
    file.write_text(file.read_text("utf-8") + "# 没提交\n", "utf-8")
    head, text = second.head, file.read_bytes()
    with pytest.raises(RepositoryError, match=r"挡住了合并：plan/28\.yaml"):
        second.exchange.sync()
    assert (second.head, file.read_bytes()) == (head, text)
    assert git(second.root, "status", "--porcelain") == " M plan/28.yaml\n"


def test_what_is_staged_stops_a_merge_and_stays_staged(body: NewBody) -> None:
    first, second = body("市司法局"), body("市教育局")
    first.start("28")
    first.exchange.sync()
    second.start("41")
    (second.root / "README.md").write_text("改了一半\n", "utf-8")
    git(second.root, "add", "README.md")
    with pytest.raises(RepositoryError, match=r"挡住了合并：README\.md"):
        second.exchange.sync()
    assert git(second.root, "status", "--porcelain") == "M  README.md\n"


def test_stopping_it_leaves_everything_as_it_was(body: NewBody) -> None:
    first, second = body("市司法局"), body("市教育局")
    first.start("28")
    first.exchange.sync()
    head = second.head
    with pytest.raises(RepositoryError, match="取消") as stopped:
        second.exchange.sync(lambda _: False)
    assert stopped.value.exit_code == 1
    assert (second.head, second.is_clean) == (head, True)
    assert second.exchange.sync().how == "快进"


def test_an_upload_that_is_stopped_midway_loses_nothing(server: Path, body: NewBody, tmp_path: Path) -> None:
    here = body("市司法局")
    here.start("28")
    # A server that takes its time: the stop comes while it is at work.
    hook = server / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 示例服务器在检查 >&2\nsleep 30\n", "utf-8")
    hook.chmod(0o755)
    told: list[str] = []

    def going(line: str) -> bool:
        told.append(line)
        return not (line.startswith("推送") and told.count("推送") > 3)

    with pytest.raises(RepositoryError, match="推送已取消"):
        here.exchange.sync(going)
    hook.unlink()
    assert here.is_clean
    assert here.exchange.sync().sent == 1
    git(server, "fsck", "--strict")


def test_what_the_server_refuses_is_told_and_kept(server: Path, body: NewBody) -> None:
    here = body("市司法局")
    here.start("28")
    hook = server / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'main 受保护，请提交合并请求' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    synced = here.exchange.sync()
    assert synced.refused is not None
    assert "不收对 main 分支的推送" in synced.refused.message
    assert "请提交合并请求" in synced.refused.message
    assert "fazhi submit" in synced.refused.hint
    assert (synced.waiting, here.is_clean) == (1, True)


def test_history_that_the_server_rewrote_is_never_answered_by_force(server: Path, body: NewBody) -> None:
    first, second = body("市司法局"), body("市教育局")
    first.start("28")
    first.exchange.sync()
    second.exchange.sync()
    # Somebody with the rights to do so takes the report away on the server.
    git(server, "update-ref", "refs/heads/main", "main~1")
    second.start("41")
    assert second.exchange.sync().sent == 2
    assert "28 未启动→推进中：示例：开始" in log(server)


def test_histories_without_a_common_source_are_not_mixed(body: NewBody, tmp_path: Path) -> None:
    here = body("市司法局")
    other = tmp_path / "别处"
    git(tmp_path, "init", "-q", "-b", "main", str(other))
    git(other, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "--allow-empty", "-m", "示例")
    git(here.root, "remote", "set-url", "origin", str(other))
    with pytest.raises(RepositoryError, match="没有共同的来源"):
        here.exchange.sync()


def test_the_first_sync_with_an_empty_server_sends_everything(real_tracker: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "空.git")
    with pytest.raises(RepositoryError, match="没有服务器可以同步"):
        Exchange(real_tracker).sync()
    git(real_tracker, "remote", "add", "origin", str(tmp_path / "空.git"))
    assert Exchange(real_tracker).sync().sent == 1
    assert git(real_tracker, "rev-parse", "--abbrev-ref", "@{upstream}").strip() == "origin/main"
    git(real_tracker, "remote", "rename", "origin", "甲")
    git(real_tracker, "remote", "add", "乙", str(tmp_path / "空.git"))
    git(real_tracker, "branch", "--unset-upstream")
    with pytest.raises(RepositoryError, match="有几个服务器"):
        Exchange(real_tracker).sync()


def test_rebase_is_used_only_where_it_is_harmless(body: NewBody) -> None:
    first, second = body("市司法局"), body("市教育局")
    first.start("28")
    first.exchange.sync()
    second.start("41")
    assert second.exchange.sync(rebase=True).how == "变基"
    assert git(second.root, "log", "--merges", "--format=%h") == ""
    first.exchange.sync()
    first.start("30")
    first.exchange.sync()
    done = second.start("31")
    view = second.writer.reader.load()
    second.writer.commit(prepare_undo(view, second.writer.reader.repository, done.commit))
    # The undoing names the commit: putting it elsewhere would leave it naming nothing.
    assert second.exchange.sync(rebase=True).how == "合并"


def test_two_undoings_and_new_notes_never_clash(body: NewBody) -> None:
    """One side takes its only note of a measure back while the other files there: no rename is guessed."""
    first, second = body("市司法局"), body("市教育局")
    first.start("28")
    first.exchange.sync()
    second.exchange.sync()
    first.writer.commit(prepare_undo(first.writer.reader.load(), first.writer.reader.repository))
    first.start("29")
    second.start("41")
    first.exchange.sync()
    assert second.exchange.sync().how == "合并"
    assert second.writer.reader.load().row("28").state.notes == ()


def test_three_clones_report_two_hundred_times_in_any_order(server: Path, body: NewBody) -> None:
    bodies = [body("市司法局"), body("市委依法治市办"), body("市教育局")]
    random_ = random.Random(20260624)
    measures = ["28", "29", "30"]
    filed = 0
    while filed < 200:
        one = random_.choice(bodies)
        if random_.random() < 0.2:
            synced = one.exchange.sync()
            assert not synced.conflicts
            assert synced.refused is None
            continue
        kind = "批示" if one.unit == "市委依法治市办" else "进展"
        one.report(random_.choice(measures), f"示例：第 {filed} 条", kind=kind)
        filed += 1
    for one in (*bodies, *bodies):
        assert not one.exchange.sync().conflicts
    assert len({one.head for one in bodies}) == 1
    assert git(server, "rev-parse", "main").strip() == bodies[0].head
    notes = git(server, "ls-tree", "-r", "--name-only", "main", "status/28", "status/29", "status/30")
    assert len(notes.split()) == 200
    states = [[row.state for row in one.writer.reader.load().rows] for one in bodies]
    assert states[0] == states[1] == states[2]
    assert all(one.is_clean for one in bodies)
    git(server, "fsck", "--strict")


def test_two_who_push_at_once_both_get_through(server: Path, body: NewBody) -> None:
    bodies = [body("市司法局"), body("市教育局"), body("市委依法治市办")]
    for number, one in enumerate(bodies):
        one.report(str(28 + number), "示例", kind="批示" if number == 2 else "进展")
    program = "import sys; from pathlib import Path; from fazhi_tui.service.exchange.sync import Exchange\n"
    program += "found = Exchange(Path(sys.argv[1])).sync(); sys.exit(bool(found.refused))"
    running = [subprocess.Popen([sys.executable, "-c", program, str(one.root)]) for one in bodies]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert len(git(server, "ls-tree", "-r", "--name-only", "main", "status").split()) == 4

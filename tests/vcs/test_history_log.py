"""History read back: one pass, in the domain's words, whoever made the commit and however."""

from __future__ import annotations

import os
import subprocess
from functools import partial
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.vcs.file_history import changed_files, commit_diff, files_added
from fazhi_tui.vcs.repository import Repository
from fazhi_tui.vcs.snapshot import file_at
from tests.conftest import TODAY, git
from tests.vcs.helpers import NOTE, counted, head, message, write


def by_hand(root: Path, subject: str, path: str, text: str = "手工\n") -> str:
    git(root, "add", write(root, path, text))
    git(root, "commit", "-q", "-m", subject)
    return head(root)


def test_an_event_is_read_from_the_commit_and_its_trailers(root: Path, repository: Repository) -> None:
    trailers = {"Item": "28.1", "Kind": "申请办结", "Status": "推进中 -> 待审核"}
    commit = repository.commit(message("28 推进中→待审核：示例", **trailers), [write(root, NOTE)])
    (event,) = repository.events(limit=1)
    assert event == Event(
        commit=commit,
        time=event.time,
        author="示例填报人 <example@example.org>",
        subject="28 推进中→待审核：示例",
        measure="28",
        item="28.1",
        unit="市司法局",
        kind="申请办结",
        status="推进中 -> 待审核",
        paths=(NOTE,),
    )
    assert event.time.tzinfo is not None
    assert event.time.date() == TODAY


def test_a_measure_s_history_holds_what_was_done_by_hand_too(root: Path, repository: Repository) -> None:
    first = head(root)
    by_trailer = repository.commit(message("28 修订"), [write(root, "别处.txt")])
    plan = by_hand(root, "手工改正文", "plan/28.yaml")
    note = by_hand(root, "手工添进展", "status/28/x.md")
    evidence = by_hand(root, "手工添佐证", "status/28/evidence/x.txt")
    by_hand(root, "别的措施", "status/2/x.md")
    by_hand(root, "名称相近的", "status/280/x.md")
    by_hand(root, "名称相近的文件", "plan/28.yaml.bak")
    assert [event.commit for event in repository.events("28")] == [evidence, note, plan, by_trailer, first]
    assert [event.commit for event in repository.events("28", limit=2)] == [evidence, note]
    assert len(repository.events()) == 8
    assert len(repository.events(limit=3)) == 3


def test_a_small_number_has_two_digits_on_disk(root: Path, repository: Repository) -> None:
    commit = by_hand(root, "手工", "status/03/x.md")
    inserted = by_hand(root, "手工", "plan/2-3.yaml")
    assert [event.commit for event in repository.events("3")] == [commit]
    assert [event.commit for event in repository.events("2-3")] == [inserted]


def test_one_process_reads_everything(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(5):
        by_hand(root, f"第 {number} 个", f"status/28/{number}.md")
    with counted(monkeypatch, tmp_path) as processes:
        repository.events()
        repository.events("28")
        repository.events("28", limit=1)
        repository.undo_target(repository.identity())
    assert processes.commands == ["log", "log", "log", "config", "log"]


def test_a_merge_is_one_event_and_what_it_settled_belongs_to_the_measure(
    root: Path, repository: Repository
) -> None:
    git(root, "switch", "-q", "-c", "市司法局/28")
    there = by_hand(root, "那边", "plan/28.yaml", "那边\n")
    note = by_hand(root, "那边的进展", NOTE)
    git(root, "switch", "-q", "main")
    here = by_hand(root, "这边", "plan/28.yaml", "这边\n")
    git(root, "merge", "-q", "市司法局/28", check=False)
    write(root, "plan/28.yaml", "两边\n")
    git(root, "add", "plan/28.yaml")
    git(root, "commit", "-q", "-m", "合并：取两边")
    merge = head(root)
    events = {event.commit: event for event in repository.events("28")}
    assert {merge, here, there, note} <= set(events)
    assert events[merge].paths == ("plan/28.yaml",)
    assert events[merge].subject == "合并：取两边"
    assert ("A", NOTE) in changed_files(repository.runner, merge), "what the merge brought into its branch"
    assert "+两边" in commit_diff(repository.runner, merge)


def test_a_renamed_file_counts_as_removed_and_added(root: Path, repository: Repository) -> None:
    git(root, "config", "diff.renames", "copies")
    by_hand(root, "添", NOTE, "够长的一行\n" * 20)
    git(root, "mv", NOTE, "status/28/renamed.md")
    git(root, "commit", "-q", "-m", "改名")
    assert sorted(changed_files(repository.runner, head(root))) == [
        ("A", "status/28/renamed.md"),
        ("D", NOTE),
    ]
    assert set(repository.events(limit=1)[0].paths) == {NOTE, "status/28/renamed.md"}


def test_odd_bytes_encodings_and_authors_break_nothing(root: Path, repository: Repository) -> None:
    tree = git(root, "rev-parse", "HEAD^{tree}").strip()

    def raw(author: bytes, body: bytes, header: bytes = b"") -> None:
        text = b"tree %s\nparent %s\n" % (tree.encode(), head(root).encode())
        text += b"author %s 1 +0800\ncommitter %s 1 +0800\n%s\n%s" % (author, author, header, body)
        made = subprocess.run(
            ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
            cwd=root, input=text, capture_output=True, check=True,
        )  # fmt: skip
        git(root, "update-ref", "refs/heads/main", made.stdout.decode().strip())

    raw("张三 <z@example.org>".encode("gbk"), "28 汉字\n\nMeasure: 28\n".encode("gbk"), b"encoding GBK\n")
    raw(b"\xff\xfe <x>", b"\xff\xfe broken \x80\n\nMeasure: 28\n")
    raw(b"[/] \x1b[31m <[@click=app.quit]x[/]>", b"")
    raw(b"a <a>", b"\n\n28 leading blank lines\n\n\nMeasure: 28\n\n\n")
    raw(b"a <a>", b"subject alone, no newline")
    raw(b"a <a>", b"crlf\r\n\r\nMeasure: 28\r\nUnit: x\r\n")
    raw(b"a <a>", b"A\n\nM\nplan/28.yaml\n")
    raw(b"a <a> 99999999999999", b"far away\n")
    events = repository.events()
    assert len(events) == 9
    gbk = events[-2]
    assert (gbk.subject, gbk.author, gbk.measure) == ("28 汉字", "张三 <z@example.org>", "28")
    assert "broken" in events[-3].subject
    assert events[-3].measure == "28"
    assert events[-4].author == "[/] \x1b[31m <[@click=app.quit]x[/]>"
    assert events[-5].subject == "28 leading blank lines"
    assert events[-5].measure == "28"
    assert events[-6].subject == "subject alone, no newline"
    assert (events[-7].subject, events[-7].unit) == ("crlf", "x")
    assert events[-8].paths == ()


def test_mailmap_does_not_change_who_committed(root: Path, repository: Repository) -> None:
    by_hand(root, "手工", ".mailmap", "别人 <other@example.org> <example@example.org>\n")
    git(root, "config", "log.mailmap", "true")
    assert repository.events(limit=1)[0].author == "示例填报人 <example@example.org>"


def test_settings_that_change_git_s_output_change_nothing_here(root: Path, repository: Repository) -> None:
    by_hand(root, "手工", "status/28/中文 文件.md", "一\n")
    before = (
        repository.events(),
        commit_diff(repository.runner, head(root)),
        changed_files(repository.runner, head(root)),
    )
    for key, value in {
        "core.quotePath": "true",
        "color.ui": "always",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.external": "false",
        "diff.orderFile": "gone",
        "log.showRoot": "false",
        "log.decorate": "full",
        "log.date": "relative",
        "log.abbrevCommit": "true",
        "log.follow": "true",
        "log.diffMerges": "on",
        "format.pretty": "fuller",
        "diff.renames": "copies",
        "diff.relative": "true",
        "notes.displayRef": "*",
        "core.pager": "false",
        "i18n.logOutputEncoding": "GBK",
        "diff.wordRegex": ".",
    }.items():
        git(root, "config", key, value)
    assert (
        repository.events(),
        commit_diff(repository.runner, head(root)),
        changed_files(repository.runner, head(root)),
    ) == before


def test_show_is_the_diff_with_readable_paths(root: Path, repository: Repository) -> None:
    write(root, "plan/28.yaml", '编号: "28"\n标题: 新标题\n')
    commit = repository.commit(message(), [write(root, "status/28/中文 佐证.txt"), "plan/28.yaml"])
    shown = commit_diff(repository.runner, commit)
    assert "+标题: 新标题" in shown
    assert "b/status/28/中文 佐证.txt" in shown
    assert commit_diff(repository.runner, commit[:7]) == shown
    assert "编号" in commit_diff(repository.runner, git(root, "rev-list", "--max-parents=0", "HEAD").strip())


def test_show_reads_gbk_lines_and_binaries(root: Path, repository: Repository) -> None:
    (root / "gbk.txt").write_bytes("乱码也能读\n".encode("gbk"))
    (root / "a.bin").write_bytes(bytes(range(256)))
    shown = commit_diff(repository.runner, repository.commit(message(), ["gbk.txt", "a.bin"]))
    assert "+乱码也能读" in shown
    assert "Binary files" in shown


@pytest.mark.parametrize(
    "name",
    [
        "--output=/x",
        "-p",
        "",
        "HEAD..main",
        "HEAD:README.md",
        ":README.md",
        "a b",
        "x\ny",
        "^HEAD",
        "@{-1}^!",
        "*",
    ],
)
def test_what_is_no_commit_s_name_is_refused(root: Path, repository: Repository, name: str) -> None:
    for ask in (
        partial(commit_diff, repository.runner),
        repository.event,
        partial(changed_files, repository.runner),
        partial(files_added, repository.runner),
    ):
        with pytest.raises(UsageError) as refused:
            ask(name)
        assert refused.value.hint
    with pytest.raises(UsageError):
        file_at(repository.runner, name, "README.md")


@pytest.mark.parametrize("name", ["deadbeef", "没有这个分支", "0" * 40])
def test_an_unknown_commit_is_told(root: Path, repository: Repository, name: str) -> None:
    for ask in (
        partial(commit_diff, repository.runner),
        repository.event,
        partial(changed_files, repository.runner),
    ):
        with pytest.raises(UsageError, match="没有提交"):
            ask(name)


def test_a_commit_may_be_named_by_branch_or_tag(root: Path, repository: Repository) -> None:
    git(root, "tag", "-a", "2022年报", "-m", "示例")
    git(root, "branch", "市司法局/28")
    commit = head(root)
    for name in ("2022年报", "市司法局/28", "main", "HEAD", commit[:8]):
        assert repository.event(name).commit == commit
        assert file_at(repository.runner, name, "plan/28.yaml") == '编号: "28"\n'.encode()


def test_an_event_of_another_branch_can_be_read(root: Path, repository: Repository) -> None:
    git(root, "switch", "-q", "-c", "other")
    commit = by_hand(root, "那边", NOTE)
    git(root, "switch", "-q", "main")
    assert repository.event(commit).subject == "那边"
    assert commit not in [event.commit for event in repository.events()]


def test_a_file_is_read_as_it_was_to_the_byte(root: Path, repository: Repository) -> None:
    content = b"\xff\x00\r\nno newline at the end"
    (root / "x.bin").write_bytes(content)
    commit = repository.commit(message(), ["x.bin"])
    (root / "x.bin").write_bytes(b"later")
    assert file_at(repository.runner, commit, "x.bin") == content
    with pytest.raises(UsageError, match="没有文件"):
        file_at(repository.runner, commit, "没有.md")
    for path in ("", "/etc/passwd", "plan"):
        with pytest.raises(UsageError):
            file_at(repository.runner, commit, path)


def seconds() -> float:
    """Processor time of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def test_ten_thousand_commits_cost_little_more_than_git_itself(tmp_path: Path) -> None:
    """Generous: git's own processor time three times over and a second; benchmarks measure the ratio."""
    root = tmp_path / "many"
    git(tmp_path, "init", "-q", "-b", "main", "many")
    lines = ["blob\nmark :1\ndata 1\nx\n"]
    for number in range(1, 10_001):
        text = message(f"{number % 53 + 1} 推进中：示例 {number}", Measure=str(number % 53 + 1))
        size = len(text.encode())
        lines.append(
            f"commit refs/heads/main\ncommitter 示例 <e@example.org> {1_600_000_000 + number} +0800\n"
            f"data {size}\n{text}M 100644 :1 status/{number % 53 + 1:02}/{number}.md\n"
        )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input="".join(lines).encode(), check=True)
    started = seconds()
    git(root, "log", "-z", "--name-status", "--format=%H%B")
    bare = seconds() - started
    with Repository(root) as repository:
        started = seconds()
        events = repository.events()
        ours = seconds() - started
        assert len(events) == 10_000
        assert len(repository.events("28")) == 10_000 // 53 + (27 <= 10_000 % 53)

    assert ours < 3 * bare + 1

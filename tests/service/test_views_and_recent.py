"""Saved views and recent queries: what is shared is a commit, what is one's own is nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.model.saved_view import SavedView, Shape
from fazhi_tui.service.audit.report import audit_history
from fazhi_tui.service.exchange.proposal import proposal_of
from fazhi_tui.service.history.record_query import query_record
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.undo import prepare_undo
from fazhi_tui.service.plan.saved_views import (
    kept_views,
    prepare_view,
    prepare_view_removal,
    remove_own_view,
    save_own_view,
)
from fazhi_tui.service.preferences.completion_source import completion_source_of, readings_of
from fazhi_tui.service.preferences.recent_queries import LIMIT, recent_queries, remember_query
from fazhi_tui.service.preferences.user_store import UserStore
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.conftest import TODAY, git

PATH = "plan/views.yaml"
RED = SavedView("红灯", "r", "灯:红")


@pytest.fixture
def writer(real_tracker: Path) -> Writer:
    return Writer(Reader(real_tracker, TODAY))


def save_shared(writer: Writer, saved: SavedView) -> str:
    return writer.commit(prepare_view(writer.reader, writer.reader.load(), saved)).commit


def files_of(root: Path, commit: str) -> list[str]:
    return git(root, "show", "--name-only", "--format=", commit).split()


def test_a_shared_view_is_one_commit_of_that_file_alone(writer: Writer) -> None:
    (writer.root / "随手.txt").write_text("示例", encoding="utf-8")
    git(writer.root, "add", "随手.txt")
    commit = save_shared(writer, RED)
    assert files_of(writer.root, commit) == [PATH]
    message = git(writer.root, "show", "-s", "--format=%B", commit)
    assert message.startswith("视图：保存 红灯（灯:红）\n")
    assert "Kind: 视图" in message
    assert git(writer.root, "diff", "--cached", "--name-only").split()
    assert writer.reader.load().tracker.views == (RED,)


def test_saving_what_has_not_changed_makes_no_commit(writer: Writer) -> None:
    save_shared(writer, RED)
    with pytest.raises(UsageError, match="已经是这样"):
        prepare_view(writer.reader, writer.reader.load(), RED)


def test_a_shared_view_is_taken_away_by_a_commit(writer: Writer) -> None:
    save_shared(writer, RED)
    save_shared(writer, SavedView("甲"))
    done = writer.commit(prepare_view_removal(writer.reader, writer.reader.load(), "红灯"))
    assert files_of(writer.root, done.commit) == [PATH]
    assert [one.name for one in writer.reader.load().tracker.views] == ["甲"]


def test_what_somebody_is_editing_by_hand_is_not_swept_into_a_commit(writer: Writer) -> None:
    save_shared(writer, RED)
    path = writer.root / PATH
    path.write_text(path.read_text("utf-8") + "# 手写\n", encoding="utf-8")
    with pytest.raises(NotAllowedError, match="还没提交的改动"):
        prepare_view(writer.reader, writer.reader.load(), SavedView("甲"))


def test_the_past_has_no_views_to_save(writer: Writer) -> None:
    past = Reader(writer.root, TODAY, at="HEAD")
    with pytest.raises(NotAllowedError):
        prepare_view(past, past.load(), RED)


def test_a_body_that_does_not_coordinate_is_warned(writer: Writer) -> None:
    git(writer.root, "config", "fazhi.unit", "市司法局")
    assert prepare_view(writer.reader, writer.reader.load(), RED).warnings
    git(writer.root, "config", "fazhi.unit", "市委依法治市办")
    assert not prepare_view(writer.reader, writer.reader.load(), RED).warnings


@pytest.mark.parametrize(
    ("saved", "words"),
    [
        (SavedView("甲", query="颜色:红"), "没有叫「颜色」的字段"),
        (SavedView("甲", key="rr"), "键"),
        (SavedView(" 甲"), "名称"),
        (SavedView("甲\n乙"), "名称"),
        (SavedView("甲", order="期限"), "期限"),
        (SavedView("甲", columns=("题目",)), "题目"),
        (SavedView("甲", key="r"), "已是视图「红灯」"),
    ],
)
def test_what_check_would_find_is_refused_when_it_is_saved(
    writer: Writer, saved: SavedView, words: str
) -> None:
    save_shared(writer, RED)
    with pytest.raises(UsageError, match=words):
        prepare_view(writer.reader, writer.reader.load(), saved)


def test_ones_own_view_is_in_no_history_and_comes_first(writer: Writer) -> None:
    save_shared(writer, RED)
    save_shared(writer, SavedView("甲", query="复议"))
    head = git(writer.root, "rev-parse", "HEAD")
    view = writer.reader.load()
    save_own_view(writer.reader, view, SavedView("我的", "m", "牵头:sfj", Shape.BOARD))
    save_own_view(writer.reader, view, SavedView("红灯", query="灯:红 牵头:sfj"))
    assert git(writer.root, "rev-parse", "HEAD") == head
    assert git(writer.root, "status", "--porcelain") == ""
    kept = kept_views(writer.root, view)
    assert [(one.view.name, one.shared) for one in kept.views] == [
        ("我的", False),
        ("红灯", False),
        ("甲", True),
    ]
    assert kept_views(writer.root).views == kept.views
    assert kept.named("红灯").view.query == "灯:红 牵头:sfj"
    assert kept.named("m").view.name == "我的"
    assert kept.named("我").view.name == "我的"
    remove_own_view(writer.reader, "红灯")
    assert kept_views(writer.root).named("红灯").shared


def test_a_view_that_is_not_there_is_answered_with_those_that_are(writer: Writer) -> None:
    with pytest.raises(UsageError) as nothing:
        kept_views(writer.root).named("红")
    assert "fazhi views add" in nothing.value.hint
    save_shared(writer, RED)
    with pytest.raises(UsageError) as unknown:
        kept_views(writer.root).named("乙")
    assert "红灯" in unknown.value.hint
    with pytest.raises(UsageError):
        remove_own_view(writer.reader, "红灯")


def test_a_spoilt_file_of_ones_own_is_a_problem_and_no_refusal(writer: Writer) -> None:
    save_shared(writer, RED)
    save_own_view(writer.reader, writer.reader.load(), SavedView("我的"))
    path = writer.root / ".git/fazhi/views.yaml"
    path.write_text("视图: [", encoding="utf-8")
    kept = kept_views(writer.root)
    assert [one.view.name for one in kept.views] == ["红灯"]
    assert kept.problems


def test_outside_a_repository_there_are_shared_views_alone(tmp_path: Path, real_tracker: Path) -> None:
    import shutil

    shutil.copytree(real_tracker / "plan", tmp_path / "别处" / "plan")
    (tmp_path / "别处" / PATH).write_text("视图:\n  - 名称: 甲\n", encoding="utf-8")
    writer = Writer(Reader(tmp_path / "别处", TODAY))
    assert [one.view.name for one in kept_views(writer.root).views] == ["甲"]
    assert recent_queries(writer.reader.user_store) == ()
    assert remember_query(writer.reader.user_store, "复议") == ("复议",)


# ------------------------------------------------------------------ the record


def test_audit_and_log_understand_a_saved_view(writer: Writer) -> None:
    save_shared(writer, RED)
    assert audit_history(writer.reader).faults == ()
    (event,) = query_record(writer.reader.repository, writer.reader.load(), ["kind:视图"])
    assert event.kind == "视图"
    with pytest.raises(NotAllowedError):
        prepare_undo(writer.reader.load(), writer.reader.repository)


def test_a_view_saved_by_hand_without_trailers_is_no_fault(writer: Writer) -> None:
    (writer.root / PATH).write_text("视图:\n  - 名称: 甲\n", encoding="utf-8")
    git(writer.root, "add", PATH)
    git(writer.root, "commit", "-q", "-m", "示例：手写的视图")
    assert audit_history(writer.reader).faults == ()


def test_the_plans_words_do_not_change_under_the_name_of_a_view(writer: Writer) -> None:
    path = writer.root / "plan/28.yaml"
    path.write_text(path.read_text("utf-8").replace("持续深化", "持续推进"), encoding="utf-8")
    git(writer.root, "commit", "-q", "-a", "-m", "示例\n\nKind: 视图\n")
    assert {fault.code for fault in audit_history(writer.reader).faults} == {"plan-changed", "trailers"}


def test_a_branch_of_reports_that_touches_a_view_is_told_and_not_failed(writer: Writer) -> None:
    from fazhi_tui.domain.model.repository import Identity
    from fazhi_tui.service.notes.request import ReportRequest

    git(writer.root, "switch", "-q", "-c", "fazhi/sfj/28")
    save_shared(writer, RED)
    assert proposal_of(writer.reader, "main").problems == ()
    request = ReportRequest("28", "市司法局", "示例：按计划推进")
    file_report(writer, request, Identity("市司法局", "示例填报人", "example@example.org"))
    (problem,) = proposal_of(writer.reader, "main").problems
    assert (problem.code, problem.severity) == ("views-touched", Severity.WARNING)


def test_a_new_document_leaves_the_views_alone(writer: Writer) -> None:
    from fazhi_tui.service.importing.prepare import prepare_import
    from tests.conftest import REPOSITORY

    save_shared(writer, RED)
    source = REPOSITORY / "plan/source"
    prepared = prepare_import(source / "document.txt", writer.root, source / "corrections.yaml")
    assert PATH not in prepared.extra


# ------------------------------------------------------------------ recent queries


def test_recent_queries_are_newest_first_and_each_once(writer: Writer) -> None:
    root = writer.root
    for query in ("复议", "灯:红", " 复议 ", "", "  "):
        remember_query(UserStore(root), query)
    assert recent_queries(UserStore(root)) == ("复议", "灯:红")
    assert git(root, "status", "--porcelain") == ""


def test_no_more_are_remembered_than_one_looks_through(writer: Writer) -> None:
    for number in range(LIMIT + 5):
        remember_query(UserStore(writer.root), f"编号:{number + 1}")
    found = recent_queries(UserStore(writer.root))
    assert len(found) == LIMIT
    assert found[0] == f"编号:{LIMIT + 5}"


@pytest.mark.parametrize("text", ["", "{", "{}", '[1, null, "复议"]', "\x00"])
def test_a_spoilt_memory_is_none(writer: Writer, text: str) -> None:
    remember_query(UserStore(writer.root), "灯:红")
    (writer.root / ".git/fazhi/recent.json").write_text(text, encoding="utf-8")
    assert set(recent_queries(UserStore(writer.root))) <= {"复议"}
    assert remember_query(UserStore(writer.root), "灯:黄")[0] == "灯:黄"


def test_a_memory_that_cannot_be_written_stops_nobody(writer: Writer) -> None:
    folder = writer.root / ".git/fazhi"
    folder.write_text("不是目录", encoding="utf-8")
    assert remember_query(UserStore(writer.root), "灯:红") == ("灯:红",)


# ------------------------------------------------------------------ completing


def test_titles_are_read_once_and_kept_outside_the_work_tree(writer: Writer) -> None:
    titles = ("（三）健全行政决策制度体系",)
    assert (
        readings_of(titles, UserStore(writer.root))[titles[0]]
        == "san jian quan xing zheng jue ce zhi du ti xi"
    )
    path = writer.root / ".git/fazhi/readings.json"
    path.write_text(json.dumps({titles[0]: "yi"}), encoding="utf-8")
    assert readings_of(titles, UserStore(writer.root)) == {titles[0]: "yi"}
    path.write_text("坏", encoding="utf-8")
    assert readings_of(titles, UserStore(writer.root))[titles[0]].startswith("san")


def test_everything_is_ready_for_the_filter_bar(writer: Writer) -> None:
    from fazhi_tui.domain.query.completion import complete

    present = completion_source_of(writer.reader.load(), writer.reader.user_store)
    assert complete("节:juec", 6, present)[0].shown == "（三）健全行政决策制度体系"

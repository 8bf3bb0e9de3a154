"""Saved views and recent queries: what is shared is a commit, what is one's own is nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.model.saved_view import SavedView, Shape
from fazhi_tui.service.preferences.completion_source import readings_of
from fazhi_tui.service.preferences.recent_queries import LIMIT, recent_queries, remember_query
from fazhi_tui.service.workspace import Workspace
from tests.conftest import git
from tests.tui.helpers import TODAY

PATH = "plan/views.yaml"
RED = SavedView("红灯", "r", "灯:红")


@pytest.fixture
def workspace(real_tracker: Path) -> Workspace:
    return Workspace(real_tracker, TODAY)


def save_shared(workspace: Workspace, saved: SavedView) -> str:
    return workspace.commit(workspace.prepare_view(workspace.load(), saved)).commit


def files_of(root: Path, commit: str) -> list[str]:
    return git(root, "show", "--name-only", "--format=", commit).split()


def test_a_shared_view_is_one_commit_of_that_file_alone(workspace: Workspace) -> None:
    (workspace.root / "随手.txt").write_text("示例", encoding="utf-8")
    git(workspace.root, "add", "随手.txt")
    commit = save_shared(workspace, RED)
    assert files_of(workspace.root, commit) == [PATH]
    message = git(workspace.root, "show", "-s", "--format=%B", commit)
    assert message.startswith("视图：保存 红灯（灯:红）\n")
    assert "Kind: 视图" in message
    assert git(workspace.root, "diff", "--cached", "--name-only").split()
    assert workspace.load().tracker.views == (RED,)


def test_saving_what_has_not_changed_makes_no_commit(workspace: Workspace) -> None:
    save_shared(workspace, RED)
    with pytest.raises(UsageError, match="已经是这样"):
        workspace.prepare_view(workspace.load(), RED)


def test_a_shared_view_is_taken_away_by_a_commit(workspace: Workspace) -> None:
    save_shared(workspace, RED)
    save_shared(workspace, SavedView("甲"))
    done = workspace.commit(workspace.prepare_view_removal(workspace.load(), "红灯"))
    assert files_of(workspace.root, done.commit) == [PATH]
    assert [one.name for one in workspace.load().tracker.views] == ["甲"]


def test_what_somebody_is_editing_by_hand_is_not_swept_into_a_commit(workspace: Workspace) -> None:
    save_shared(workspace, RED)
    path = workspace.root / PATH
    path.write_text(path.read_text("utf-8") + "# 手写\n", encoding="utf-8")
    with pytest.raises(NotAllowedError, match="还没提交的改动"):
        workspace.prepare_view(workspace.load(), SavedView("甲"))


def test_the_past_has_no_views_to_save(workspace: Workspace) -> None:
    past = Workspace(workspace.root, TODAY, at="HEAD")
    with pytest.raises(NotAllowedError):
        past.prepare_view(past.load(), RED)


def test_a_body_that_does_not_coordinate_is_warned(workspace: Workspace) -> None:
    git(workspace.root, "config", "fazhi.unit", "市司法局")
    assert workspace.prepare_view(workspace.load(), RED).warnings
    git(workspace.root, "config", "fazhi.unit", "市委依法治市办")
    assert not workspace.prepare_view(workspace.load(), RED).warnings


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
    workspace: Workspace, saved: SavedView, words: str
) -> None:
    save_shared(workspace, RED)
    with pytest.raises(UsageError, match=words):
        workspace.prepare_view(workspace.load(), saved)


def test_ones_own_view_is_in_no_history_and_comes_first(workspace: Workspace) -> None:
    save_shared(workspace, RED)
    save_shared(workspace, SavedView("甲", query="复议"))
    head = git(workspace.root, "rev-parse", "HEAD")
    view = workspace.load()
    workspace.save_own_view(view, SavedView("我的", "m", "牵头:sfj", Shape.BOARD))
    workspace.save_own_view(view, SavedView("红灯", query="灯:红 牵头:sfj"))
    assert git(workspace.root, "rev-parse", "HEAD") == head
    assert git(workspace.root, "status", "--porcelain") == ""
    kept = workspace.kept_views(view)
    assert [(one.view.name, one.shared) for one in kept.views] == [
        ("我的", False),
        ("红灯", False),
        ("甲", True),
    ]
    assert workspace.kept_views().views == kept.views
    assert kept.named("红灯").view.query == "灯:红 牵头:sfj"
    assert kept.named("m").view.name == "我的"
    assert kept.named("我").view.name == "我的"
    workspace.remove_own_view("红灯")
    assert workspace.kept_views().named("红灯").shared


def test_a_view_that_is_not_there_is_answered_with_those_that_are(workspace: Workspace) -> None:
    with pytest.raises(UsageError) as nothing:
        workspace.kept_views().named("红")
    assert "fazhi views add" in nothing.value.hint
    save_shared(workspace, RED)
    with pytest.raises(UsageError) as unknown:
        workspace.kept_views().named("乙")
    assert "红灯" in unknown.value.hint
    with pytest.raises(UsageError):
        workspace.remove_own_view("红灯")


def test_a_spoilt_file_of_ones_own_is_a_problem_and_no_refusal(workspace: Workspace) -> None:
    save_shared(workspace, RED)
    workspace.save_own_view(workspace.load(), SavedView("我的"))
    path = workspace.root / ".git/fazhi/views.yaml"
    path.write_text("视图: [", encoding="utf-8")
    kept = workspace.kept_views()
    assert [one.view.name for one in kept.views] == ["红灯"]
    assert kept.problems


def test_outside_a_repository_there_are_shared_views_alone(tmp_path: Path, real_tracker: Path) -> None:
    import shutil

    shutil.copytree(real_tracker / "plan", tmp_path / "别处" / "plan")
    (tmp_path / "别处" / PATH).write_text("视图:\n  - 名称: 甲\n", encoding="utf-8")
    workspace = Workspace(tmp_path / "别处", TODAY)
    assert [one.view.name for one in workspace.kept_views().views] == ["甲"]
    assert workspace.recent_queries() == ()
    assert workspace.remember_query("复议") == ("复议",)


# ------------------------------------------------------------------ the record


def test_audit_and_log_understand_a_saved_view(workspace: Workspace) -> None:
    save_shared(workspace, RED)
    assert workspace.audit().faults == ()
    (event,) = workspace.log(workspace.load(), ["kind:视图"])
    assert event.kind == "视图"
    with pytest.raises(NotAllowedError):
        workspace.prepare_undo(workspace.load())


def test_a_view_saved_by_hand_without_trailers_is_no_fault(workspace: Workspace) -> None:
    (workspace.root / PATH).write_text("视图:\n  - 名称: 甲\n", encoding="utf-8")
    git(workspace.root, "add", PATH)
    git(workspace.root, "commit", "-q", "-m", "示例：手写的视图")
    assert workspace.audit().faults == ()


def test_the_plans_words_do_not_change_under_the_name_of_a_view(workspace: Workspace) -> None:
    path = workspace.root / "plan/28.yaml"
    path.write_text(path.read_text("utf-8").replace("持续深化", "持续推进"), encoding="utf-8")
    git(workspace.root, "commit", "-q", "-a", "-m", "示例\n\nKind: 视图\n")
    assert {fault.code for fault in workspace.audit().faults} == {"plan-changed", "trailers"}


def test_a_branch_of_reports_that_touches_a_view_is_told_and_not_failed(workspace: Workspace) -> None:
    from fazhi_tui.domain.model.repository import Identity
    from fazhi_tui.service.notes.request import ReportRequest

    git(workspace.root, "switch", "-q", "-c", "fazhi/sfj/28")
    save_shared(workspace, RED)
    assert workspace.proposal("main").problems == ()
    request = ReportRequest("28", "市司法局", "示例：按计划推进")
    workspace.report(request, Identity("市司法局", "示例填报人", "example@example.org"))
    (problem,) = workspace.proposal("main").problems
    assert (problem.code, problem.severity) == ("views-touched", Severity.WARNING)


def test_a_new_document_leaves_the_views_alone(workspace: Workspace) -> None:
    from fazhi_tui.service.importing.prepare import prepare_import
    from tests.conftest import REPOSITORY

    save_shared(workspace, RED)
    source = REPOSITORY / "plan/source"
    prepared = prepare_import(source / "document.txt", workspace.root, source / "corrections.yaml")
    assert PATH not in prepared.extra


# ------------------------------------------------------------------ recent queries


def test_recent_queries_are_newest_first_and_each_once(workspace: Workspace) -> None:
    root = workspace.root
    for query in ("复议", "灯:红", " 复议 ", "", "  "):
        remember_query(root, query)
    assert recent_queries(root) == ("复议", "灯:红")
    assert git(root, "status", "--porcelain") == ""


def test_no_more_are_remembered_than_one_looks_through(workspace: Workspace) -> None:
    for number in range(LIMIT + 5):
        remember_query(workspace.root, f"编号:{number + 1}")
    found = recent_queries(workspace.root)
    assert len(found) == LIMIT
    assert found[0] == f"编号:{LIMIT + 5}"


@pytest.mark.parametrize("text", ["", "{", "{}", '[1, null, "复议"]', "\x00"])
def test_a_spoilt_memory_is_none(workspace: Workspace, text: str) -> None:
    remember_query(workspace.root, "灯:红")
    (workspace.root / ".git/fazhi/recent.json").write_text(text, encoding="utf-8")
    assert set(recent_queries(workspace.root)) <= {"复议"}
    assert remember_query(workspace.root, "灯:黄")[0] == "灯:黄"


def test_a_memory_that_cannot_be_written_stops_nobody(workspace: Workspace) -> None:
    folder = workspace.root / ".git/fazhi"
    folder.write_text("不是目录", encoding="utf-8")
    assert remember_query(workspace.root, "灯:红") == ("灯:红",)


# ------------------------------------------------------------------ completing


def test_titles_are_read_once_and_kept_outside_the_work_tree(workspace: Workspace) -> None:
    titles = ("（三）健全行政决策制度体系",)
    assert readings_of(titles, workspace.root)[titles[0]] == "san jian quan xing zheng jue ce zhi du ti xi"
    path = workspace.root / ".git/fazhi/readings.json"
    path.write_text(json.dumps({titles[0]: "yi"}), encoding="utf-8")
    assert readings_of(titles, workspace.root) == {titles[0]: "yi"}
    path.write_text("坏", encoding="utf-8")
    assert readings_of(titles, workspace.root)[titles[0]].startswith("san")


def test_everything_is_ready_for_the_filter_bar(workspace: Workspace) -> None:
    from fazhi_tui.domain.query.completion import complete

    present = workspace.present(workspace.load())
    assert complete("节:juec", 6, present)[0].shown == "（三）健全行政决策制度体系"

"""Where a tracker is opened for looking alone, the service itself refuses every change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import NotAllowedError
from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.workspace import Workspace
from tests.cli.running import process
from tests.conftest import git

TODAY = date(2023, 6, 30)
REQUEST = ReportRequest("28", "市司法局", "示例：已印发实施方案")


def everything(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def writes(root: Path) -> dict[str, Callable[[Workspace], object]]:
    """Everything that changes something, by name."""
    free = Workspace(root, TODAY)
    view, identity = free.load(), free.identity()
    action = free.prepare_report(view, REQUEST, identity)
    return {
        "prepare_report": lambda it: it.prepare_report(view, REQUEST, identity),
        "report": lambda it: it.report(REQUEST, identity),
        "commit": lambda it: it.commit(action),
        "prepare_batch": lambda it: it.prepare_batch(view, ["28"], REQUEST, identity),
        "commit_batch": lambda it: it.commit_batch([action]),
        "prepare_undo": lambda it: it.prepare_undo(view),
        "prepare_amendment": lambda it: it.prepare_amendment("28", "示例", values=["标题=示例"]),
        "prepare_pipeline": lambda it: it.prepare_pipeline("github"),
        "install_hook": lambda it: it.install_hook("fazhi"),
        "save_identity": lambda it: it.save_identity("市财政局", "示例", "x@example.org"),
        "audit": lambda it: it.audit(mark=True),
        "discard": lambda it: it.drafts.discard("28"),
        "sync": lambda it: it.exchange().sync(),
        "submit": lambda it: it.exchange().submit(TODAY),
        "export_disk": lambda it: it.exchange().export_disk(root / "盘.bundle", "示例"),
        "import_disk": lambda it: it.exchange().import_disk(root / "盘.bundle"),
        "finish": lambda it: it.exchange().finish(),
        "give_up": lambda it: it.exchange().give_up(),
    }


def test_every_change_is_refused_and_nothing_is_touched(real_tracker: Path) -> None:
    looking = Workspace(real_tracker, TODAY, read_only=True)
    all_writes = writes(real_tracker)
    before = everything(real_tracker)
    for name, write in all_writes.items():
        with pytest.raises(NotAllowedError, match="这是只读的"):
            write(looking)
        assert everything(real_tracker) == before, name
    assert not looking.drafts.save(REQUEST)
    looking.save_visit()
    assert everything(real_tracker) == before


def test_reading_goes_on_as_always(real_tracker: Path) -> None:
    looking, free = Workspace(real_tracker, TODAY, read_only=True), Workspace(real_tracker, TODAY)
    assert looking.load().rows == free.load().rows
    assert looking.load_at("HEAD").past is not None
    assert looking.events() == free.events()
    assert looking.check() == free.check()
    assert looking.audit().faults == free.audit().faults
    assert looking.repo_status().branch == "main"


@pytest.mark.parametrize(
    "words",
    [
        ("report", "28", "-m", "示例"),
        ("undo",),
        ("amend", "28", "--set", "标题=示例", "--reason", "示例", "--yes"),
        ("sync",),
        ("submit",),
        ("init", "新的台账"),
        ("import", "plan/source/document.txt", "--into", "另一份"),
        ("demo", "--into", "示例台账"),
        ("serve", "--write", "--port", "0"),
    ],
)
def test_the_option_and_the_variable_hold_for_every_command(
    real_tracker: Path, words: tuple[str, ...]
) -> None:
    before = git(real_tracker, "rev-parse", "HEAD")
    for result in (
        process(real_tracker, "--read-only", *words),
        process(real_tracker, *words, env={"FAZHI_READ_ONLY": "1"}),
    ):
        assert result.code in (1, 2), (result.out, result.err)
        assert "只读" in result.err, result.err
        assert "Traceback" not in result.err
    assert git(real_tracker, "rev-parse", "HEAD") == before
    assert git(real_tracker, "status", "--short") == ""


def test_without_the_variable_or_with_0_one_may_write(real_tracker: Path) -> None:
    result = process(
        real_tracker, "report", "28", "-m", "示例", env={"FAZHI_READ_ONLY": "0", "FAZHI_TODAY": "2023-06-30"}
    )
    assert result.code == 0, result.err


def test_reading_commands_do_not_mind(real_tracker: Path) -> None:
    result = process(real_tracker, "--read-only", "list", "lead:sfj", "--json")
    assert result.code == 0
    assert "持续深化行政复议体制改革" in result.out


def test_what_stands_beside_the_plan_is_not_written_either(real_tracker: Path) -> None:
    workspace = Workspace(real_tracker, TODAY, read_only=True)
    view = workspace.load()
    saved = SavedView(name="示例", query="灯:红")
    for writes in (
        lambda: workspace.save_own_view(view, saved),
        lambda: workspace.remove_own_view("示例"),
        lambda: workspace.prepare_view(view, saved),
        lambda: workspace.prepare_view_removal(view, "示例"),
    ):
        with pytest.raises(NotAllowedError):
            writes()
    assert workspace.remember_query("灯:红") == ()
    workspace.present(view)
    workspace.save_visit()
    assert not (real_tracker / ".git" / "fazhi").exists()

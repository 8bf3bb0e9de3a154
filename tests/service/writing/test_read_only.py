"""Where a tracker is opened for looking alone, the service itself refuses every change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import NotAllowedError
from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.service.audit.report import audit_history
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.exchange.sync import Exchange
from fazhi_tui.service.history.last_visit import save_visit
from fazhi_tui.service.notes.batch import prepare_batch
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.notes.undo import prepare_undo
from fazhi_tui.service.plan.amend import Amendment, prepare_amendment
from fazhi_tui.service.plan.saved_views import (
    prepare_view,
    prepare_view_removal,
    remove_own_view,
    save_own_view,
)
from fazhi_tui.service.preferences.completion_source import completion_source_of
from fazhi_tui.service.preferences.recent_queries import remember_query
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.setup.initialize import install_hook, prepare_pipeline
from fazhi_tui.service.writer import Writer
from tests.cli.running import process
from tests.conftest import git

TODAY = date(2023, 6, 30)
REQUEST = ReportRequest("28", "市司法局", "示例：已印发实施方案")


def everything(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def writes(root: Path) -> dict[str, Callable[[Writer], object]]:
    """Everything that changes something, by name."""
    free = Writer(Reader(root, TODAY))
    view, identity = free.reader.load(), free.reader.repository.identity()
    action = prepare_report(view, REQUEST, identity)
    return {
        "prepare_report": lambda it: prepare_report(it.reader.load(), REQUEST, identity),
        "report": lambda it: file_report(it, REQUEST, identity),
        "commit": lambda it: it.commit(action),
        "prepare_batch": lambda it: prepare_batch(it.reader.load(), ["28"], REQUEST, identity),
        "commit_batch": lambda it: it.commit_batch([action]),
        "prepare_undo": lambda it: prepare_undo(it.reader.load(), it.reader.repository),
        "prepare_amendment": lambda it: prepare_amendment(it.reader, "28", Amendment("示例", ["标题=示例"])),
        "prepare_pipeline": lambda it: prepare_pipeline(it.reader, "github"),
        "install_hook": lambda it: install_hook(it.reader, "fazhi"),
        "save_identity": lambda it: it.save_identity("市财政局", "示例", "x@example.org"),
        "audit": lambda it: audit_history(it.reader, mark=True),
        "discard": lambda it: it.drafts.discard("28"),
        "sync": lambda it: Exchange(it.reader.root, read_only=it.reader.read_only).sync(),
        "submit": lambda it: Exchange(it.reader.root, read_only=it.reader.read_only).submit(TODAY),
        "export_disk": lambda it: Exchange(it.reader.root, read_only=it.reader.read_only).export_disk(
            root / "盘.bundle", "示例"
        ),
        "import_disk": lambda it: Exchange(it.reader.root, read_only=it.reader.read_only).import_disk(
            root / "盘.bundle"
        ),
        "finish": lambda it: Exchange(it.reader.root, read_only=it.reader.read_only).finish(),
        "give_up": lambda it: Exchange(it.reader.root, read_only=it.reader.read_only).give_up(),
    }


def test_every_change_is_refused_and_nothing_is_touched(real_tracker: Path) -> None:
    looking = Writer(Reader(real_tracker, TODAY, read_only=True))
    all_writes = writes(real_tracker)
    before = everything(real_tracker)
    for name, write in all_writes.items():
        with pytest.raises(NotAllowedError, match="这是只读的"):
            write(looking)
        assert everything(real_tracker) == before, name
    assert not looking.drafts.save(REQUEST)
    save_visit(looking.reader)
    assert everything(real_tracker) == before


def test_reading_goes_on_as_always(real_tracker: Path) -> None:
    looking, free = Writer(Reader(real_tracker, TODAY, read_only=True)), Writer(Reader(real_tracker, TODAY))
    assert looking.reader.load().rows == free.reader.load().rows
    assert looking.reader.load_at("HEAD").past is not None
    assert looking.reader.repository.events() == free.reader.repository.events()
    assert check_tracker(looking.reader.root) == check_tracker(free.reader.root)
    assert audit_history(looking.reader).faults == audit_history(free.reader).faults
    assert looking.reader.repository.status().branch == "main"


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
    result = process(real_tracker, "report", "28", "-m", "示例", env={"FAZHI_READ_ONLY": "0"})
    assert result.code == 0, result.err


def test_reading_commands_do_not_mind(real_tracker: Path) -> None:
    result = process(real_tracker, "--read-only", "list", "lead:sfj", "--json")
    assert result.code == 0
    assert "持续深化行政复议体制改革" in result.out


def test_what_stands_beside_the_plan_is_not_written_either(real_tracker: Path) -> None:
    writer = Writer(Reader(real_tracker, TODAY, read_only=True))
    view = writer.reader.load()
    saved = SavedView(name="示例", query="灯:红")
    for writes in (
        lambda: save_own_view(writer.reader, view, saved),
        lambda: remove_own_view(writer.reader, "示例"),
        lambda: prepare_view(writer.reader, view, saved),
        lambda: prepare_view_removal(writer.reader, view, "示例"),
    ):
        with pytest.raises(NotAllowedError):
            writes()
    assert remember_query(writer.reader.user_store, "灯:红") == ()
    completion_source_of(view, writer.reader.user_store)
    save_visit(writer.reader)
    assert not (real_tracker / ".git" / "fazhi").exists()

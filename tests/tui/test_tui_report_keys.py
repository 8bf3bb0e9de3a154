"""What the report forms say of keys follows the person's own keys."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Static

from fazhi_tui.service.preferences.preferences import KeyChange, LoadedPreferences, Preferences
from fazhi_tui.service.reader import Reader
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.report.conflict import StaleScreen
from fazhi_tui.tui.report.evidence import EvidenceScreen
from fazhi_tui.tui.report.message import MessageField
from tests.tui.helpers import TODAY, note_text, press, prose, settled, shown, write_notes


def own_keys(root: Path, *changes: tuple[str, str]) -> FazhiApp:
    """The app with other keys."""
    keys = tuple(KeyChange(*change) for change in changes)
    return FazhiApp(Reader(root, TODAY), preferences=LoadedPreferences(Preferences(keys=keys), "设置"))


def said_beside(app: FazhiApp, name: str) -> str:
    return str(app.screen.query_one(name, Static).content)


async def test_the_form_names_changed_keys(tracker: Path) -> None:
    app = own_keys(
        tracker,
        ("填报表单/模板", "F21"),
        ("填报表单/编辑器", "F19"),
        ("填报表单/附佐证", "F20"),
        ("填报表单/去佐证", "F22"),
        ("填报表单/对照", "F23"),
    )
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "8", "s")
        assert "F21 选模板，F19 用编辑器写" in str(app.screen.query_one(MessageField).placeholder)
        assert "F20 添加" in said_beside(app, "#report-evidence")
        app.screen.fields.evidence = ("示例.pdf",)  # type: ignore[attr-defined]
        assert "F22 去掉最后一份" in said_beside(app, "#report-evidence")
        app.screen.fields.evidence = ()  # type: ignore[attr-defined]
        write_notes(tracker, {"28/20221220T153000-sfj-0000.md": note_text("示例：别人的", unit="市公安局")})
        app.tracker.reload()
        await settled(pilot)
        assert "按 F23 对照" in said_beside(app, "#form-mistake")
        await press(pilot, "f23")
        assert isinstance(app.screen, StaleScreen)
        await press(pilot, "f23", "f20")
        assert isinstance(app.screen, EvidenceScreen)
        await press(pilot, "f20")
        assert app.screen.query(MessageField)


async def test_what_was_committed_names_the_key_that_takes_it_back(tracker: Path) -> None:
    app = own_keys(tracker, ("撤销", "F21"), ("多条填报/模板", "F22"), ("多条填报/编辑器", "F23"))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "8", "s", "x", "f2", "f2")
        assert "（按 F21 撤销）" in shown(app)
        await press(pilot, "v", "v", "s")
        assert "F22 选模板，F23 用编辑器写" in str(app.screen.query_one(MessageField).placeholder)
        await press(pilot, "x", "f2", "f2")
        assert "（按 F21 撤销）" in shown(app)
        await press(pilot, "f21")
        assert "要撤销的填报" in prose(app)

"""The single lines of the main screen: figures under the list, the foot, what stands in for a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual.content import Content

from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.keymap import Keymap
from fazhi_tui.tui.styles import LIGHT_SIGNS, LIGHT_STYLES, light_word, plain
from fazhi_tui.tui.views.entries import gaps_text


def summary_line(view: View, rows: Sequence[Row], marked: int = 0, changed: int = 0) -> Content:
    """How many of each light are listed, which measures the source lost, which files cannot be read."""
    parts = [plain(f"* 标记 {marked}", "bold $text-accent")] if marked else []
    if changed:
        parts.append(plain(f"+ 变动 {changed}", "$text-primary"))
    lights = Counter(row.state.light for row in rows)
    for light in LIGHT_SIGNS:
        number = lights[light]
        if light is Light.UNREPORTED and not number:
            continue
        word = light_word(light, view.settings.light_names)
        parts.append(plain(f"{word} {number}", LIGHT_STYLES[light] if number else "$text-disabled"))
    gaps = gaps_text(view)
    if gaps:
        parts.append(plain(f"原文缺 {gaps}", "$text-muted"))
    broken = len(view.tracker.broken)
    if broken:
        parts.append(plain(f"读不出来的文件 {broken}", "bold $text-error"))
    return Content("  ").join(parts)


def extra_text(view: View | None, drafts: Sequence[str], keys: Keymap) -> str:
    """Problems and drafts, for the foot; empty where there are none."""
    parts = []
    if view and view.problems:
        parts.append(f"问题 {len(view.problems)}（{keys.key('problems')}）")
    if drafts:
        parts.append(f"草稿：{one_line('、'.join(drafts), 20)}")
    return "  ".join(parts)


def empty_text(query: str, keys: Keymap) -> str:
    """What stands where no measure does: the query, and how to be rid of it."""
    if not query:
        return "台账里还没有措施。"
    clear, change = (keys.command("main", name).keys_text for name in ("clear", "filter"))
    return f"没有措施合于：{one_line(query)}\n按 {clear} 清除筛选，按 {change} 修改。"

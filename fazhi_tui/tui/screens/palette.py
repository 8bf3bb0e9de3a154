"""The palette (Ctrl+P): actions, measures and units by name, pinyin or initials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from fazhi_tui.service import View
from fazhi_tui.tui.actions import COMMANDS, Situation, matches
from fazhi_tui.tui.screens.picker import Pick, Picker
from fazhi_tui.tui.words import plain
from fazhi_tui.tui.wrapping import cut, pad
from fazhi_tui.visible import one_line

#: Measures and units shown for what was typed; nobody reads further down.
LIMIT = 30
KIND_WIDTH = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What was chosen: ``command`` with an action's id, ``measure`` with a number, ``unit`` with a name."""

    kind: str
    value: str


class PaletteScreen(Picker[Found]):
    """Everything that can be named, in one list."""

    heading = "命令"
    placeholder = "操作、措施或单位，可用拼音首字母，如 tb、28、sfj"

    def __init__(self, view: View | None, situation: Situation) -> None:
        super().__init__()
        self._view = view
        self._situation = situation

    def find(self, typed: str) -> Sequence[Pick[Found]]:
        """Actions first; then, once something is typed, measures and units."""
        wanted = typed.strip()
        picks = list(self._commands(wanted))
        if wanted and self._view is not None:
            picks += list(self._measures(wanted, self._view))[:LIMIT]
            picks += list(self._units(wanted, self._view))[:LIMIT]
        return picks or [Pick(Content.styled("没有找到", "$text-muted"), None)]

    def _commands(self, wanted: str) -> Iterator[Pick[Found]]:
        for command in COMMANDS:
            if command.id != "palette" and matches(command, wanted):
                why = command.why_not(self._situation)
                note = f"不可用：{why}" if why else command.keys_text
                yield self._pick("操作", command.name, note, "command", command.id, dim=bool(why))

    def _measures(self, wanted: str, view: View) -> Iterator[Pick[Found]]:
        folded = wanted.lower()
        for row in view.rows:
            measure = row.measure
            if measure.id.startswith(wanted) or folded in measure.display_title.lower():
                label = f"{measure.id}  {measure.display_title}"
                yield self._pick("措施", label, "", "measure", measure.id)

    def _units(self, wanted: str, view: View) -> Iterator[Pick[Found]]:
        for unit in view.index.search(wanted):
            yield self._pick("单位", unit.name, "按牵头筛选", "unit", unit.name)

    def _pick(
        self, what: str, label: str, note: str, kind: str, value: str, *, dim: bool = False
    ) -> Pick[Found]:
        width = self.list_width
        room = width - KIND_WIDTH
        left = room * 2 // 5 if note else room
        prompt = Content.assemble(
            (pad(what, KIND_WIDTH), "$text-muted"),
            (pad(one_line(label), left), "$text-disabled" if dim else ""),
            plain(cut(one_line(note), max(room - left, 0)), "$text-muted"),
        )
        return Pick(prompt, Found(kind, value))

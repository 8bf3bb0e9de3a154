"""The palette (Ctrl+P): actions, measures, units and saved views by name, pinyin or initials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from textual.content import Content

from fazhi_tui.domain.text.cells import cut, pad
from fazhi_tui.domain.text.pinyin import read_aloud
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.command import Command, Situation, matches, reads, reads_within
from fazhi_tui.tui.dialogs.picker import Pick, Picker
from fazhi_tui.tui.styles import plain

#: Measures, units and views shown for what was typed; nobody reads further down.
LIMIT = 30
KIND_WIDTH = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What was chosen: a ``command`` by its id, a ``measure`` by number, a ``unit`` or ``view`` by name."""

    kind: str
    value: str


@dataclass(frozen=True)
class Findable:
    """What besides actions can be found: measures and units, and saved views with their queries."""

    view: View | None = None
    saved: Sequence[tuple[str, str]] = field(default=())


class PaletteScreen(Picker[Found]):
    """Everything that can be named, in one list."""

    manual_page = "palette"
    heading = "命令"
    placeholder = "操作、措施、单位或视图，可用拼音首字母，如 tb、28、sfj"

    def __init__(
        self, commands: Sequence[Command], situation: Situation, findable: Findable | None = None
    ) -> None:
        super().__init__()
        self._commands = tuple(commands)
        self._situation = situation
        self._findable = findable or Findable()
        #: Text → its syllables, once they are known.
        self._readings: Mapping[str, str] = {}

    def on_mount(self) -> None:
        """Titles and names of views are read aloud in a worker: the table of readings takes its time."""
        view = self._findable.view
        texts = [row.measure.display_title for row in view.rows] if view else []
        texts += [name for name, _ in self._findable.saved]
        if texts:
            self.app.start(lambda: read_aloud(texts), self._take_readings, lambda _: None, group="readings")

    def _take_readings(self, found: Mapping[str, str]) -> None:
        self._readings = found
        if self.is_attached and self.typed.strip():
            self.refill()

    def find(self, typed: str) -> Sequence[Pick[Found]]:
        """Actions first; then, once something is typed, views, measures and units."""
        picks = list(self._find_commands(typed))
        view = self._findable.view
        if typed:
            picks += islice(self._find_views(typed), LIMIT)
        if typed and view is not None:
            picks += islice(self._find_measures(typed, view), LIMIT)
            units = (unit.name for unit in view.index.search(typed)[:LIMIT])
            picks += (self._pick("单位", name, "按牵头筛选", "unit", name) for name in units)
        return picks or [Pick(Content.styled("没有找到", "$text-muted"), None)]

    def _find_commands(self, wanted: str) -> Iterator[Pick[Found]]:
        for command in self._commands:
            if command.id != "palette" and matches(command, wanted):
                why = command.why_not(self._situation)
                note = f"不可用：{why}" if why else command.keys_text
                yield self._pick("操作", command.name, note, "command", command.id, dim=bool(why))

    def _find_views(self, wanted: str) -> Iterator[Pick[Found]]:
        for name, query in self._findable.saved:
            if wanted.lower() in name.lower() or reads(self._readings.get(name, ""), wanted):
                yield self._pick("视图", name, query, "view", name)

    def _find_measures(self, wanted: str, view: View) -> Iterator[Pick[Found]]:
        folded = wanted.lower()
        # One letter is read in too many titles to be meant.
        aloud = len(folded) > 1 and folded.isascii()
        for row in view.rows:
            measure = row.measure
            title = measure.display_title
            found = measure.id.startswith(wanted) or folded in title.lower()
            if found or (aloud and reads_within(self._readings.get(title, ""), folded)):
                yield self._pick("措施", f"{measure.id}  {title}", "", "measure", measure.id)

    def _pick(
        self, what: str, label: str, note: str, kind: str, value: str, *, dim: bool = False
    ) -> Pick[Found]:
        room = self.list_width - KIND_WIDTH
        left = room * 2 // 5 if note else room
        prompt = Content.assemble(
            (pad(what, KIND_WIDTH), "$text-muted"),
            (pad(one_line(label), left), "$text-disabled" if dim else ""),
            plain(cut(one_line(note), max(room - left, 0)), "$text-muted"),
        )
        return Pick(prompt, Found(kind, value))

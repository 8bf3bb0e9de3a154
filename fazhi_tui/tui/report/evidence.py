"""Choosing a file as evidence in the report form: folders one walks through, typing narrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.text.cells import pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.evidence_files import FolderListing, list_folder
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.picker import Pick, Picker
from fazhi_tui.tui.styles import plain

SIZE_WIDTH = 10


class EvidenceScreen(Picker[tuple[str, str]]):
    """The result is the file's path and the folder it was found in, to begin there the next time."""

    BINDINGS = bindings("evidence", closed_by="form.add_evidence")
    heading = "选择佐证材料"
    manual_page = "form"
    placeholder = "文件名的一部分；或写路径，如 ~/文档/、/home/"
    hints = (("左", "上一级", "screen.up"),)

    def __init__(self, folder: str = "") -> None:
        super().__init__()
        self._asked = folder
        self._listing: FolderListing | None = None
        self._refusal = ""

    def on_mount(self) -> None:
        """Show the folder as soon as it is read."""
        self._read(self._asked, self._refuse)

    def _refuse(self, error: FazhiError) -> None:
        self._refusal = error.message
        self.refill()

    def _read(self, path: str, refuse: Callable[[FazhiError], object]) -> None:
        def show(listing: FolderListing) -> None:
            self._listing, self._refusal = listing, ""
            self.query_one("#picker-field").value = ""  # type: ignore[attr-defined]
            self.refill()

        self.app.start(lambda: list_folder(path), show, refuse, group="folder")

    def find(self, typed: str) -> Sequence[Pick[tuple[str, str]]]:
        """Names that hold what was typed; a path typed is offered as it stands."""
        if typed.startswith(("~", "/")):
            return [Pick(plain(f"打开 {one_line(typed)}"), (typed, ""))]
        if self._listing is None:
            return []
        picks = []
        for entry in self._listing.entries:
            if typed.casefold() in entry.name.casefold():
                size = "文件夹" if entry.is_folder else _size(entry.size)
                name = one_line(entry.name) + ("/" if entry.is_folder else "")
                text = Content.assemble(
                    (pad(name, self.list_width - SIZE_WIDTH), "bold" if entry.is_folder else ""),
                    (f"{size:>{SIZE_WIDTH}}", "$text-muted"),
                )
                picks.append(Pick(text, (entry.path, self._listing.path)))
        return picks

    def about(self) -> Content:
        """Where one is, or why it cannot be read."""
        if self._refusal:
            return plain(one_line(self._refusal), "$text-error")
        return plain(one_line(self._listing.path) if self._listing else "正在读取", "$text-muted")

    def action_up(self) -> None:
        """To the folder above, where nothing is typed; else the field's own left."""
        if self.typed:
            self.query_one("#picker-field").action_cursor_left()  # type: ignore[attr-defined]
        elif self._listing is not None:
            self._read(self._listing.parent, self._refuse)

    def take(self, result: tuple[str, str]) -> None:
        """A folder is walked into, a file is the answer."""
        path, folder = result
        listing = self._listing
        entry = next((found for found in listing.entries if found.path == path), None) if listing else None
        if entry is not None and not entry.is_folder:
            self.dismiss((path, folder))
        elif entry is not None:
            self._read(path, self._refuse)
        else:
            # A path that was typed: a folder is shown, anything else is taken for a file.
            self._read(path, lambda _: self.dismiss((path, self._asked)))


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1048576 else f"{size / 1048576:.1f} MB"

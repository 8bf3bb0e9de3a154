"""What lies in a folder of the user's, for choosing evidence; reads names and sizes, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.service.error_words import system_words

#: More names than anybody looks through; typing narrows before this counts.
LIMIT = 2000


@dataclass(frozen=True)
class FolderEntry:
    """A file or folder: its name, its whole path, and its size in bytes (0 for a folder)."""

    name: str
    path: str
    is_folder: bool
    size: int


@dataclass(frozen=True)
class FolderListing:
    """A folder and what lies in it: folders first, both by name; hidden ones are left out."""

    path: str
    parent: str
    entries: tuple[FolderEntry, ...]


def list_folder(path: str = "") -> FolderListing:
    """What lies in a folder (``~`` is understood; the home folder where left out).

    Raises :class:`UsageError` where it cannot be read.
    """
    try:
        folder = Path(path or "~").expanduser().absolute()
        found = [one for one in folder.iterdir() if not one.name.startswith(".")]
        entries = [_entry(one) for one in found[:LIMIT]]
    except (OSError, RuntimeError) as error:
        words = system_words(error) if isinstance(error, OSError) else "没有这个用户"
        raise UsageError(f"读不了文件夹 {path}：{words}", "检查路径和读权限") from error
    entries.sort(key=lambda one: (not one.is_folder, one.name.casefold()))
    return FolderListing(str(folder), str(folder.parent), tuple(entries))


def _entry(path: Path) -> FolderEntry:
    try:
        is_folder = path.is_dir()
        size = 0 if is_folder else path.stat().st_size
    except OSError:
        # A dangling link: named, and refused when it is chosen.
        is_folder, size = False, 0
    return FolderEntry(path.name, str(path), is_folder, size)

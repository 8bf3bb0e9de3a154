"""Evidence from the user's own folders: what lies there, and reading what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.domain.text.visible import one_line

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
        found = [path for path in folder.iterdir() if not path.name.startswith(".")]
        entries = [_entry(path) for path in found[:LIMIT]]
    except (OSError, RuntimeError) as error:
        words = system_words(error) if isinstance(error, OSError) else "没有这个用户"
        raise UsageError(f"读不了文件夹 {path}：{words}", "检查路径和读权限") from error
    entries.sort(key=lambda entry: (not entry.is_folder, entry.name.casefold()))
    return FolderListing(str(folder), str(folder.parent), tuple(entries))


def _entry(path: Path) -> FolderEntry:
    try:
        is_folder = path.is_dir()
        size = 0 if is_folder else path.stat().st_size
    except OSError:
        # A dangling link: named, and refused when it is chosen.
        is_folder, size = False, 0
    return FolderEntry(path.name, str(path), is_folder, size)


def read_evidence(names: tuple[str, ...], limit_mb: int) -> dict[str, bytes]:
    """Evidence files as they go into ``status/NN/``: ``evidence/<first 8 of sha256>-<name>`` → bytes.

    Raises :class:`UsageError` for what is no file, cannot be read or has more than ``limit_mb`` MB.
    """
    found: dict[str, bytes] = {}
    for name in names:
        try:
            path = Path(name).expanduser()
            if not path.is_file():
                path.stat()
                raise UsageError(f"佐证材料 {one_line(name)} 不是文件", "一次附一个普通文件")
            size = path.stat().st_size
            if size > limit_mb * 1024 * 1024:
                raise UsageError(
                    f"佐证材料 {one_line(path.name)} 有 {size / 1048576:.1f} MB，超过 {limit_mb} MB",
                    "压缩后再附，或在 plan/plan.yaml 的 设置 中调整 佐证上限",
                )
            data = path.read_bytes()
        except (OSError, RuntimeError) as error:
            words = system_words(error) if isinstance(error, OSError) else "没有这个用户"
            raise UsageError(f"读不了佐证材料 {one_line(name)}：{words}", "检查路径和文件名") from error
        clean = one_line(path.name).replace("/", "_").replace("\\", "_")
        found[f"evidence/{sha256(data).hexdigest()[:8]}-{clean}"] = data
    return found

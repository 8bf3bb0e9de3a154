"""What is kept beside the files (drafts, the screen's state): one JSON file a key, where the caller says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.records.files import sync, write_atomic


def save(folder: Path, key: str, value: Mapping[str, object], *, durable: bool = True) -> None:
    """Keep a value under ``key`` (any text) in place of an earlier one.  Raises :class:`RepositoryError`.

    Without ``durable`` it outlives a killed process; a power cut only after :func:`settle`.
    """
    text = json.dumps(dict(value), ensure_ascii=False, indent=1)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # Bytes that are no UTF-8 reach us as lone surrogates; escaped, they are kept as well.
        text = json.dumps(dict(value), indent=1)
    write_atomic(_path(folder, key), text + "\n", durable=durable)


def settle(folder: Path, key: str) -> None:
    """Bring a value to the disk itself."""
    sync(_path(folder, key))


def kept_at(folder: Path, key: str) -> datetime | None:
    """When a value was last written; None where there is none."""
    try:
        return datetime.fromtimestamp(_path(folder, key).stat().st_mtime).astimezone()
    except OSError:
        return None


def load(folder: Path, key: str) -> dict[str, object] | None:
    """The value of a key; None where there is none or its file is damaged (which is left as it is)."""
    try:
        found = json.loads(_path(folder, key).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def keys(folder: Path) -> tuple[str, ...]:
    """The keys that have a value that can be read, in order."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix == ".json")
    except OSError:
        return ()
    found = (unquote(name.removesuffix(".json")) for name in names if not name.startswith("."))
    return tuple(key for key in found if load(folder, key) is not None)


def discard(folder: Path, key: str) -> None:
    """Forget a value; nothing happens where there is none.  Raises :class:`RepositoryError`."""
    try:
        with suppress(FileNotFoundError, NotADirectoryError):
            _path(folder, key).unlink()
    except OSError as error:
        raise RepositoryError(
            f"删不了草稿：{system_words(error)}", f"手工删除 {_path(folder, key)}"
        ) from error


def _path(folder: Path, key: str) -> Path:
    # A key is data: no slash and no leading dot of it may lead anywhere else.
    return folder / (quote(key, safe="").replace(".", "%2E") + ".json")

"""The corrections file: read strictly, and edited so that comments and all else stay byte for byte."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.importer.corrections.model import REPEAT, Corrections, Entry, Shuffle
from fazhi_tui.importer.errors import CorrectionError
from fazhi_tui.records.fields import keys_of
from fazhi_tui.records.reader import read_yaml
from fazhi_tui.records.yaml.editor import edit


def load_corrections(path: Path) -> Corrections:
    """Read a corrections file strictly.

    Raises CorrectionError (a FazhiError) with file, line and what to write for anything that is not as
    the head of the file explains it: unknown or missing keys, wrong kinds of value, wrong YAML.
    """
    shown = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"读不出校订文件（{system_words(error)}）。"
        raise CorrectionError(shown, 1, message, "核对路径和权限。") from None
    return parse_corrections(data, shown)


def parse_corrections(data: bytes, shown: str) -> Corrections:
    """The bytes of a corrections file, as strictly; ``shown`` is what errors call it."""
    corrections, problems = read_yaml(Corrections, data, shown)
    for problem in problems:
        # A number in quotes is read all the same.
        if problem.severity is Severity.ERROR and problem.code != "quoted-number":
            hint = problem.hint.removesuffix("。")
            raise CorrectionError(shown, problem.line or 1, f"{problem.message}。", f"{hint}。")
    if corrections is None:
        raise CorrectionError(shown, 1, "校订文件是空的。", "至少写上“来源”。")
    corrections = dataclasses.replace(corrections, path=shown)
    _check(corrections)
    return corrections


def _check(corrections: Corrections) -> None:
    """What one key alone does not tell.  Raises CorrectionError."""
    blocks: tuple[Shuffle, ...] = (corrections.blocks,) if corrections.blocks else ()
    for shuffle in (*corrections.interleaved, *blocks):
        places = sorted(fragment.place for fragment in shuffle.fragments if fragment.place is not None)
        if not places or places != list(range(1, len(places) + 1)):
            message = f"归位应是 1 至 {len(places)} 各一次，现为 {places}。"
            raise corrections.error(shuffle.line, message, f"按应在的先后重新编排；重出的写“{REPEAT}”。")
    for item in corrections.items:
        if item.due is None and item.period is None:
            raise corrections.error(item.line, "缺少“截止”。", "补上一行“截止: …”；周期性的事项写“周期: …”。")
        if item.quantity is not None and item.measure_word is None:
            raise corrections.error(item.line, "缺少“计量单位”。", "有“数量”的，补上一行“计量单位: …”。")


# ------------------------------------------------------------------ editing


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the file: ``path`` are the keys of a list (边界; 单位, 更名), ``entry`` is added to it.

    Entries of that list that it ``replaces`` go first.  Without an ``entry`` nothing is added.
    """

    path: tuple[str, ...]
    entry: Entry | None
    replaces: Callable[[Any], bool]


def edited(text: str, edits: Sequence[Edit], shown: str = "校订文件") -> str:
    """The file with all edits made, in order.

    Raises CorrectionError for a file that cannot be read, before or after, UsageError for a place that
    cannot be edited by itself: then nothing has changed.
    """
    if not text.strip() or text.strip() == "{}":
        text = ""
    for change in edits:
        entries: Any = parse_corrections((text or "{}").encode(), shown)
        for key in change.path:
            entries = getattr(entries, keys_of(type(entries))[key].name)
        gone = [index for index, entry in enumerate(entries) if change.replaces(entry)]
        # The last one that goes makes room for the new one, so that the list and its comments stay.
        kept = gone.pop() if gone and change.entry is not None else len(entries)
        changes: dict[tuple[str | int, ...], object] = {(*change.path, kept): change.entry}
        changes |= {(*change.path, index): None for index in reversed(gone)}
        try:
            text = edit(text, changes, Corrections)
        except RepositoryError as error:
            raise UsageError(error.message, error.hint) from None
    parse_corrections((text or "{}\n").encode(), shown)
    return text

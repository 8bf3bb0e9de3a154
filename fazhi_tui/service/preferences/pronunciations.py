"""How titles are read aloud, so that they are found by pinyin and initials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache


def read_aloud(texts: Iterable[str]) -> Mapping[str, str]:
    """Each text with its syllables, parted by blanks.

    Loads a table of readings (some 0.2 s) and reads about 20,000 titles a second: call it in a worker.
    """
    return {text: _reading(text) for text in dict.fromkeys(texts)}


@lru_cache(maxsize=32768)
def _reading(text: str) -> str:
    from fazhi_tui.importer.clauses.register import (
        pinyin_of,  # loaded when a title is first looked up by pinyin
    )

    return pinyin_of(text)

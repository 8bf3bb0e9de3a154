"""Text made comparable, as names and queries are compared."""

from __future__ import annotations

import unicodedata


def fold_text(text: str) -> str:
    """Text made comparable: full width as half width, letters in one case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())

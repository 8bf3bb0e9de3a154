"""The review screen of an import (``fazhi import --review``)."""

from __future__ import annotations

from fazhi_tui.service.importing.review import Review


def run(review: Review) -> bool:
    """Review until the person leaves; True if the tracker is to be made now."""
    from fazhi_tui.service.preferences.preferences import load_preferences
    from fazhi_tui.tui.review.app import ReviewApp

    app = ReviewApp(review, load_preferences().values)
    app.run()
    return app.build

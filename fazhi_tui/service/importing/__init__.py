"""A document to a tracker: laid out in memory first, compared with what is there, then written whole."""

from fazhi_tui.service.importing.changes import Change, ChangeKind, compare
from fazhi_tui.service.importing.create import Written, write_import
from fazhi_tui.service.importing.prepare import Import, Place, prepare_import
from fazhi_tui.service.importing.review import Reading, Review
from fazhi_tui.service.importing.revise import prepare_revision, revise

__all__ = [
    "Change",
    "ChangeKind",
    "Import",
    "Place",
    "Reading",
    "Review",
    "Written",
    "compare",
    "prepare_import",
    "prepare_revision",
    "revise",
    "write_import",
]

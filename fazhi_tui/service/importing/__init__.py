"""A document to a tracker: laid out in memory first, compared with what is there, then written whole."""

from fazhi_tui.service.importing.create import Written, write_import
from fazhi_tui.service.importing.prepare import Import, Place, prepare_import

__all__ = ["Import", "Place", "Written", "prepare_import", "write_import"]

"""Where pictures are kept: a file each, named by the screen, its size and its theme (syrupy writes them)."""

from __future__ import annotations

from typing import Any

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class AnsiPicture(SingleFileSnapshotExtension):
    """Text with colours, under the name that the test gives."""

    _write_mode = WriteMode.TEXT
    _file_extension = "ans"

    @classmethod
    def get_snapshot_name(cls, *, test_location: Any, index: Any = 0) -> str:
        """The name that was asked for, and nothing of the test's own."""
        return (
            str(index)
            if isinstance(index, str)
            else super().get_snapshot_name(test_location=test_location, index=index)
        )

"""A file of any format to a :class:`~fazhi_tui.importer.document.Document`.

The format is told by the file's first bytes, and by its name only where they say nothing.  Every
library is loaded by its own module's function, when a file of its format is read.
"""

from __future__ import annotations

from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats.detect import Format, detect
from fazhi_tui.importer.formats.docx import read_docx
from fazhi_tui.importer.formats.html import read_html
from fazhi_tui.importer.formats.pdf import read_pdf
from fazhi_tui.importer.formats.sheets import read_csv, read_xlsx
from fazhi_tui.importer.formats.text import read_text

_READERS = {
    Format.DOCX: read_docx,
    Format.XLSX: read_xlsx,
    Format.PDF: read_pdf,
    Format.HTML: read_html,
    Format.CSV: read_csv,
}

LARGEST = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""


def read_document(source: bytes, name: str) -> Document:
    """The text of a file, with its tables and the places of its parts.

    Raises SourceError, with what to do, for a file that holds no text that can be read: a scan, an
    encrypted or broken file, an old format, an image, an empty file, one that unpacks to too much.
    """
    if not source.strip(b"\x00\t\r\n "):
        raise SourceError("原件是空的。", "请核对文件。")
    if len(source) > LARGEST:
        message = f"原件有 {len(source) // 1024 // 1024} MB，超过 {LARGEST // 1024 // 1024} MB。"
        raise SourceError(message, "去掉图片，或只留下方案正文，再导入。")
    found = detect(source, name)
    document = _READERS[found](source) if found in _READERS else read_text(source, name)
    if not document.text.strip():
        raise SourceError("原件里没有文字。", "若是扫描件，请先用文字识别软件转成文本，再导入。")
    return document

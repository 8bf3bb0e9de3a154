"""Any bytes under any name give a document or a clear refusal, never another error."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats import read_document
from tests.importer.tables.samples import as_docx, as_html, as_xlsx

ENDINGS = ("txt", "md", "html", "docx", "pdf", "xlsx", "csv", "doc", "wps", "png", "")
TABLE = "序号|任务\n1|优化示例"
WHOLE = (as_xlsx(TABLE), as_docx(TABLE, "示例"), as_html(TABLE, "示例"), "一、示例\n1,2\n".encode("gb18030"))


def assert_told(source: bytes, name: str) -> None:
    try:
        document = read_document(source, name)
    except SourceError:
        return  # told in Chinese; any other error ends the test
    assert isinstance(document, Document)


@settings(max_examples=200, deadline=None)
@given(
    source=st.binary(max_size=400)
    | st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<html>"]).flatmap(
        lambda head: st.binary(max_size=200).map(lambda rest: head + rest)
    ),
    ending=st.sampled_from(ENDINGS),
)
def test_any_bytes(source: bytes, ending: str) -> None:
    assert_told(source, f"示例.{ending}")


@settings(max_examples=80, deadline=None)
@given(
    whole=st.sampled_from(WHOLE),
    ending=st.sampled_from(ENDINGS),
    at=st.integers(0, 4000),
    change=st.binary(max_size=6),
)
def test_a_file_that_is_damaged_anywhere(whole: bytes, ending: str, at: int, change: bytes) -> None:
    at %= len(whole)
    assert_told(whole[:at] + change + whole[at + len(change) :], f"示例.{ending}")


@pytest.mark.parametrize("name", ["word/document.xml", "xl/workbook.xml"])
def test_an_archive_that_only_looks_like_a_document(name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "<a/>")
    for ending in ("docx", "xlsx"):
        assert_told(stream.getvalue(), f"示例.{ending}")

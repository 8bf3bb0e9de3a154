"""What format a file has, and a clear answer for those that cannot be read."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from enum import Enum

from fazhi_tui.importer.errors import SourceError

MOST_UNPACKED = 256 * 1024 * 1024
"""The most that a packed file may hold, in bytes; more is a zip bomb or a picture book."""

_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, struct.error, zlib.error, lzma.LZMAError)
"""What unpacking raises, beside OSError, ValueError and RuntimeError (NotImplementedError is one)."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


class Format(Enum):
    """The formats that are read."""

    TEXT = "txt"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


def detect(source: bytes, name: str) -> Format:
    """The format by the first bytes, or by the name's ending; SourceError for what cannot be read."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if source.startswith(b"%PDF") or b"%PDF-" in source[:1024]:
        return Format.PDF
    if source.startswith(b"PK\x03\x04"):
        return _packed(source)
    if source.startswith(_OLE):
        known = ending if ending in ("doc", "xls", "wps", "et", "ppt") else "doc"
        why = f"原件是旧格式的 Office 文件（.{known}），不能直接读。"
        if "EncryptedPackage".encode("utf-16-le") in source:
            why = "原件加了密码，读不出内容。"
        raise SourceError(why, "用 WPS 或 Word 打开，去掉密码，另存为 .docx（表格存为 .xlsx）再导入。")
    if source.startswith(_IMAGES) or source[8:12] == b"WEBP":
        raise SourceError("原件是图片，里面没有文字。", "先用文字识别软件转成文本，核对后再导入。")
    if ending in ("doc", "wps", "xls", "et", "ofd", "rtf", "ppt", "pptx") or source.startswith(b"{\\rtf"):
        hint = "用 WPS 或 Word 打开，另存为 .docx 或 .txt 再导入。"
        raise SourceError(f"不能读 .{ending or 'rtf'} 文件。", hint)
    head = source[:4096].lower()
    if ending in ("html", "htm", "xhtml") or b"<html" in head or b"<!doctype html" in head:
        return Format.HTML
    return Format.CSV if ending in ("csv", "tsv") else Format.TEXT


def _packed(source: bytes) -> Format:
    """Which packed format a zip file holds; its sizes are counted by unpacking, not by what it declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            names = set(archive.namelist())
            if any(info.flag_bits & 0x1 for info in archive.infolist()):
                raise SourceError("原件加了密码，读不出内容。", "去掉密码再导入。")
            _check_size(archive)
    except (*_BROKEN, OSError, ValueError, RuntimeError) as error:
        raise SourceError("原件损坏了，解不开。", "用 WPS 或 Word 打开后另存一份，再导入。") from error
    if "word/document.xml" in names:
        return Format.DOCX
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "OFD.xml" in names:
        raise SourceError("不能读 .ofd 文件。", "用阅读软件另存为 .docx、.txt 或带文字的 .pdf 再导入。")
    raise SourceError("原件是压缩包，不是文件本身。", "先解压，再导入里面的文件。")


def _check_size(archive: zipfile.ZipFile) -> None:
    unpacked = 0
    for info in archive.infolist():
        with archive.open(info) as member:
            while part := member.read(1 << 20):
                unpacked += len(part)
                if unpacked > MOST_UNPACKED:
                    message = f"原件解开后超过 {MOST_UNPACKED // 1024 // 1024} MB，没有再读。"
                    raise SourceError(message, "核对文件来历；若图片太多，去掉图片再导入。")

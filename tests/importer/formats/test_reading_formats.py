"""One document in every format gives one plan; what cannot be read gets a clear answer (示例)."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.utils import get_column_letter

from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats import read_document
from fazhi_tui.importer.formats.docx import han
from fazhi_tui.importer.pipeline import convert

LINES = [
    "示例市示例方案（2023—2025年）",
    "一、重点任务",
    "1.优化示例。完善制度。（责任单位：市示例局）",
    "2.推进样本。完善机制。（牵头单位：市样本局）",
]
TEXT = "\n".join(LINES) + "\n"


def _docx() -> bytes:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    return _saved(document)


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def _html(charset: str) -> bytes:
    paragraphs = "".join(f"<p><span>{line[:4]}</span>{line[4:]}</p>" for line in LINES)
    page = f"<html><head><meta charset='{charset}'><title>网页</title></head><body>{paragraphs}</body></html>"
    return page.encode("gb18030" if charset == "gb2312" else charset)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (TEXT.encode(), "a.txt"),
        (TEXT.encode("utf-8-sig"), "a.txt"),
        (TEXT.encode("gb18030"), "a.txt"),
        (TEXT.encode("utf-16"), "a.txt"),
        (TEXT.encode("utf-16-le"), "a.txt"),
        (TEXT.encode("utf-16-be"), "a.txt"),
        (TEXT.replace("\n", "\r\n").encode(), "a.txt"),
        (TEXT.replace("一、", "## 一、").replace("示例市", "# 示例市", 1).encode(), "a.md"),
        (_html("utf-8"), "a.html"),
        (_html("gb2312"), "a.htm"),
        (_docx(), "a.docx"),
        (_docx(), "没有后缀"),
    ],
    # The bytes of a packed file hold the time of day: they are no name of a test.
    ids=[
        "utf-8",
        "utf-8 with BOM",
        "gb18030",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "CRLF",
        "Markdown",
        "HTML",
        "HTML in gb2312",
        "docx",
        "docx without its ending",
    ],
)
def test_every_format_gives_the_same_plan(source: bytes, name: str) -> None:
    imported = convert(source, Corrections(), name)
    assert imported.plan.title == LINES[0]
    assert [(m.id, m.title, m.leads, m.responsible) for m in imported.measures] == [
        ("1", "优化示例", (), ("市示例局",)),
        ("2", "推进样本", ("市样本局",), ()),
    ]


def test_the_numbers_that_word_counts_stand_in_the_text() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for depth, (form, shown) in enumerate((("chineseCounting", "%1、"), ("decimal", "%2."))):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", shown)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            level.append(element)
        abstract.append(level)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "77")
    number.append(link)
    numbering.append(number)
    for depth, words in ((0, "任务"), (1, "优化"), (1, "推进"), (0, "监管"), (1, "创新")):
        properties = document.add_paragraph(words)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = depth
        properties.get_or_add_numId().val = 77
    read = read_document(_saved(document), "a.docx")
    assert read.text.split() == ["一、任务", "1.优化", "2.推进", "二、监管", "1.创新"]
    assert read.place_of(read.text.index("创新")) == "第5段"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (100, "一百"),
        (105, "一百零五"),
        (112, "一百一十二"),
    ],
)
def test_chinese_numbers_are_written_as_officials_write_them(number: int, words: str) -> None:
    assert han(number) == words


def test_a_table_in_word_keeps_merged_cells_and_places() -> None:
    document = docx.Document()
    document.add_paragraph("示例任务分解表")
    table = document.add_table(rows=3, cols=3)
    for row, words in enumerate(
        (("序号", "任务", "责任单位"), ("1", "优化示例", "市示例局"), ("2", "", "市样本局"))
    ):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(1, 1).merge(table.cell(2, 1))
    read = read_document(_saved(document), "a.docx")
    (found,) = read.tables
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["序号", "任务", "责任单位"],
        ["1", "优化示例", "市示例局"],
        ["2", "优化示例", "市样本局"],
    ]
    assert found.rows[2][1].continued
    for cells in found.rows:
        for cell in cells:
            assert read.text[cell.start : cell.stop] == cell.text
    assert read.place_of(found.rows[1][0].start) == "表1第2行"


def test_workbooks_and_comma_separated_files_are_tables() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["序号", "任务", "责任单位"])
    sheet.append([1, "优化示例", "市示例局"])
    sheet.append([2, None, "市样本局"])
    sheet.merge_cells(f"{get_column_letter(2)}2:{get_column_letter(2)}3")
    read = read_document(_saved(workbook), "a.xlsx")
    assert [[cell.text for cell in row] for row in read.tables[0].rows][1:] == [
        ["1", "优化示例", "市示例局"],
        ["2", "优化示例", "市样本局"],
    ]
    source = '序号,任务,责任单位\n1,"优化,示例",市示例局\n'.encode("gb18030")
    read = read_document(source, "a.csv")
    assert [[cell.text for cell in row] for row in read.tables[0].rows][1] == ["1", "优化,示例", "市示例局"]


def test_a_page_with_a_data_table_gives_a_table_and_a_layout_table_gives_paragraphs() -> None:
    page = (
        "<body><table><tr><td>导航</td><td><p>示例方案</p></td></tr></table><table>"
        "<tr><th>序号</th><th>任务</th><th>责任单位</th></tr>"
        "<tr><td>1</td><td rowspan=2>优化示例</td><td>市示例局</td></tr><tr><td>2</td><td>市样本局</td></tr>"
        "</table><script>var a=1</script></body>"
    )
    read = read_document(page.encode(), "a.html")
    assert read.text.startswith("导航\n示例方案\n")
    assert [cell.text for cell in read.tables[0].rows[2]] == ["2", "优化示例", "市样本局"]
    assert "var" not in read.text


def test_the_lines_of_a_wrapped_text_are_joined() -> None:
    body = "完善示例制度健全示例机制建立示例清单定期公布示例结果接受各方监督" * 6

    def wrapped(text: str) -> str:
        return "\n".join(text[at : at + 30] for at in range(0, len(text), 30))

    first = wrapped(f"1.优化示例。{body}。") + "\n（责任单位：市示例局）"
    second = wrapped(f"2.推进样本。{body}。") + "\n（责任单位：市样本局）"
    text = f"{LINES[0]}\n一、重点任务\n{first}\n{second}\n"
    imported = convert(text.encode(), Corrections(), "a.txt")
    assert [measure.title for measure in imported.measures] == ["优化示例", "推进样本"]
    assert body in imported.measures[0].text


def test_page_numbers_inside_a_sentence_and_a_unit_are_taken_out() -> None:
    text = TEXT.replace("完善制度", "完善\n—９—\n制度").replace("市样本局", "市样\n- 10 -\n本局")
    imported = convert(text.encode(), Corrections(), "a.txt")
    assert imported.measures[0].text == "完善制度。"
    assert imported.measures[1].leads == ("市样本局",)


def _zip(name: str, size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("source", "name", "words"),
    [
        (b"", "a.txt", "空的"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "图片"),
        (b"\xff\xd8\xff\xe0", "a.pdf", "图片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a.doc", "旧格式"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "密码"),
        ("示例".encode(), "a.wps", "不能读"),
        (b"PK\x03\x04broken", "a.docx", "损坏"),
        (_zip("readme.txt", 10), "a.zip", "压缩包"),
        (_zip("word/document.xml", 300 * 1024 * 1024), "a.docx", "超过"),
        (_zip("word/document.xml", 10), "a.docx", "损坏"),
        (_zip("xl/workbook.xml", 10), "a.xlsx", "损坏"),
        (b"%PDF-1.4\nbroken", "a.pdf", "损坏"),
        (b"<html><body></body></html>", "a.html", "没有文字"),
        (b"abc\x00\x01\x02", "a.txt", "不是纯文本"),
    ],
    ids=range(14),
)
def test_what_cannot_be_read_gets_a_clear_answer_and_what_to_do(source: bytes, name: str, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        read_document(source, name)
    assert caught.value.hint

"""Real PDFs (示例), made here by a library that writes them, give the text that was printed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats import read_document
from fazhi_tui.importer.pipeline import convert

FONT, SIZE, LEADING = "STSong-Light", 16, 28
LEFT, WIDTH, TOP, BOTTOM = 80, 27, 740, 90

PARAGRAPHS = (
    "一、总体要求",
    "坚持示例，稳步推进示例，把示例落实到示例工作的全过程各方面，确保示例取得实效。",
    "二、主要任务",
    "（一）健全示例体系",
    (
        "1.优化示例机构设置。健全示例职责体系，完善示例制度，推动示例机构职能优化协同高效，到2025年基本建成示例体系。"
        "（牵头单位：市示例局；参加单位：市样本局、各县（市、区）人民政府）"
    ),
    "2.推行示例清单管理。编制示例清单，实行动态管理，2024年6月底前完成。（牵头单位：市样本局）",
    (
        "3.规范示例程序。完善示例制度，加强示例培训，每年培训不少于3次，示例率达到95%以上，形成可以复制的示例经验。"
        "（责任单位：市示例局、市样本局）"
    ),
    "（二）健全示例制度",
    *(
        f"{number}.改进第{number}项示例服务。开展示例评估，健全示例标准，提高示例质量，增强示例实效，"
        f"推动示例工作取得新的成效。（责任单位：市示例局）"
        for number in range(4, 16)
    ),
)
TITLE = "示例市法治政府建设实施方案（2023—2025年）"


def lines_of(paragraph: str) -> list[str]:
    """A paragraph as a printer breaks it: the first line indented by two characters."""
    lines, used = ["　　"], 2.0
    for char in paragraph:
        wide = 0.5 if char.isascii() else 1.0
        if used + wide > WIDTH and char not in "，。；：）":
            lines.append("")
            used = 0.0
        lines[-1] += char
        used += wide
    return lines


def pdf(
    paragraphs: Sequence[str],
    *,
    title: str = TITLE,
    head: str = "",
    number: str = "- {} -",
    number_on_top: bool = False,
    password: str = "",
) -> bytes:
    """A PDF with a Chinese text layer, set as government documents are."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(stream, encrypt=encryption)
    page, y = 0, 0.0
    rows = [("", title), *((" ", line) for paragraph in paragraphs for line in lines_of(paragraph))]
    for kind, line in rows:
        if y < BOTTOM:
            if page:
                canvas.showPage()
            page, y = page + 1, TOP
            canvas.setFont(FONT, 10)
            if head:
                canvas.drawString(LEFT, 800, head)
            if number:
                canvas.drawString(290, 810 if number_on_top else 40, number.format(page))
            canvas.setFont(FONT, SIZE)
        if kind:
            indent = len(line) - len(line.lstrip("　"))
            canvas.drawString(LEFT + indent * SIZE, y, line.lstrip("　"))
        else:
            canvas.drawCentredString(297, y, line)
        y -= LEADING
    canvas.save()
    return stream.getvalue()


def read(source: bytes) -> Document:
    return read_document(source, "示例.pdf")


def paragraphs_of(document: Document) -> list[str]:
    """The document's paragraphs, its soft breaks taken away."""
    text = "".join(char for at, char in enumerate(document.text) if at not in document.soft_breaks)
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize("number", ["- {} -", "{}", "— {} —", "第{}页", ""])
@pytest.mark.parametrize("on_top", [False, True])
def test_wrapped_lines_join_over_pages_and_page_numbers_go(number: str, on_top: bool) -> None:
    document = read(pdf(PARAGRAPHS, number=number, number_on_top=on_top))
    assert paragraphs_of(document) == [TITLE, *PARAGRAPHS]
    assert any("页码" in left for left in document.left_out) is bool(number)


def test_a_running_head_on_every_page_goes_and_is_told() -> None:
    document = read(pdf(PARAGRAPHS, head="示例市人民政府公报2023年第3期"))
    assert paragraphs_of(document) == [TITLE, *PARAGRAPHS]
    assert any("示例市人民政府公报" in left for left in document.left_out)


def test_the_same_document_as_a_text_gives_the_same_measures() -> None:
    from_pdf = convert(pdf(PARAGRAPHS), Corrections(), "示例.pdf")
    from_text = convert("\n".join([TITLE, *PARAGRAPHS]).encode(), Corrections(), "示例.txt")
    assert from_pdf.measures == from_text.measures
    assert from_pdf.plan == from_text.plan
    assert len(from_pdf.measures) == 15


def test_places_are_pages_and_paragraphs() -> None:
    document = read(pdf(PARAGRAPHS))
    places = dict.fromkeys(place for _, place in document.places)
    assert list(places)[:3] == ["第1页第1段", "第1页第2段", "第1页第3段"]
    at = document.text.index("1.优化示例")
    wrapped = document.text.index("（市、区）")
    assert document.place_of(at) == document.place_of(wrapped) == "第1页第6段"
    assert any(place.startswith("第3页") for place in places)


def test_a_column_of_numbers_is_no_page_number() -> None:
    stream = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(stream)
    canvas.setFont(FONT, SIZE)
    for at, (number, task) in enumerate(
        [("序号", "任务"), ("1", "优化示例"), ("2", "推行示例"), ("3", "规范示例")]
    ):
        canvas.drawString(80, 700 - at * 30, number)
        canvas.drawString(200, 700 - at * 30, task)
    canvas.save()
    assert paragraphs_of(read(stream.getvalue())) == ["序号 任务", "1 优化示例", "2 推行示例", "3 规范示例"]


def test_an_encrypted_pdf_is_refused_with_what_to_do() -> None:
    with pytest.raises(SourceError, match="密码") as error:
        read(pdf(PARAGRAPHS, password="示例".encode().hex()))
    assert error.value.hint


def test_a_scan_is_refused_with_what_to_do() -> None:
    from PIL import Image

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 500, 700)
    canvas.save()
    with pytest.raises(SourceError, match="扫描") as error:
        read(stream.getvalue())
    assert "文字识别" in error.value.hint


def test_more_than_five_hundred_pages_are_refused() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for _ in range(501):
        canvas.showPage()
    canvas.save()
    with pytest.raises(SourceError, match="500"):
        read(stream.getvalue())


@pytest.mark.parametrize("cut", [20, 200, 2000])
def test_a_broken_pdf_is_refused(cut: int) -> None:
    with pytest.raises(SourceError):
        read(pdf(PARAGRAPHS)[:cut])

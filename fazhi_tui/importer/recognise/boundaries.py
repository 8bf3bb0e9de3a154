"""What stands around a document: file number, notice, title, addressees; at the end date, 抄送, attachments.

Each rule is an entry of a table; all of it goes to the log, nothing is thrown away silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.recognise.levels import AIMS, GUARANTEES
from fazhi_tui.importer.text.source_map import NOTHING, MappedText, join

TITLE = re.compile(
    r".{2,90}(?:方案|规划|计划|纲要|要点|意见|措施|办法|清单|分工|任务|安排|决定|规定|条例|细则|行动|台账|分解表|分工表|分解|任务书|工程|措施清单)"
    r"(?:[（(〔][^）)〕]{1,30}[）)〕])*"
)
"""A title, in one paragraph; no sentence."""

NOTICE = re.compile(r".{0,90}(?:关于)?(?:印发|转发|下发|发布|公布).{2,90}的?通知")
"""The title of the notice under which a document is sent out."""

_FILE_NUMBER = re.compile(r"[〔\[][0-9]{4}[〕\]]")
_SENTENCE_SIGN = re.compile(r"[。；！？：]")

SIGN_OFFS: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?:抄送|抄报|主送|分送|联系人|联系电话|信息公开选项|公开方式|附注)[：:（(].*"),
    re.compile(r"附(?:件)?[：:].*"),
    re.compile(r"[0-9]{1,2}[.．、].{2,60}(?:表|清单|方案|台账|名单)"),
    re.compile(r"[（(](?:此件|联系人|联系电话|本文).*[）)]"),
    re.compile(r"(?:20[0-9]{2}|二[〇○O零0][〇○O零0一二三四五六七八九]{2})年.{1,3}月.{1,3}日(?:印发)?"),
    re.compile(
        r"[^，。；：]{2,40}(?:办公室|办公厅|政府|委员会|党委|市委|省委|县委|区委|厅|局|部|院)(?:20[0-9]{2}年.{1,3}月.{1,3}日(?:印发)?)?"
    ),
    re.compile(r"[-—－–_]{3,}"),
)
"""Whole paragraphs that close a document.

A line of a list of attachments counts only below another; a body's name alone only above another.
"""

_NEVER_IN_TITLES = tuple(rule for index, rule in enumerate(SIGN_OFFS) if index not in (2, 5))

_LISTED = 2
_NAME_ALONE = 5
_WEAK = (_LISTED, _NAME_ALONE)

ATTACHMENT = re.compile(r"附(?:件|表|录)[0-9一二三四五六七八九十]{0,2}[：:]?")
"""A paragraph of its own that opens an attachment."""

ADDRESSED = re.compile(
    r"(?:各(?:级|地|县|区|市|州|乡|镇|街道|部门|单位|成员单位|有关|相关|责任)|全[省市县区州]各|有关部门要|市委依法治市办要)[^。]{0,40}(?:要|应|须|应当)"
)
"""The first words of a closing paragraph behind the last measure."""

ISSUER = re.compile(r"^(?P<name>[^，。；：《》]{2,40}?)关于(?:印发|转发|发布|公布|下发)")


@dataclass(frozen=True, slots=True)
class Front:
    """The front of a document: its title, the line breaks inside that, its text, what does not belong."""

    title: MappedText
    preamble: MappedText
    breaks: MappedText = NOTHING
    notice: MappedText = NOTHING
    issuer: str | None = None


def read_front(front: MappedText) -> Front:
    """Find the title among the paragraphs before the first heading.

    The last paragraph that reads like a title counts; one that is broken over up to three paragraphs is
    put together.  Without any, the first paragraph is the title.  What stands before it is the notice.
    SourceError where there is no paragraph.
    """
    spans = _paragraphs(front.text)
    if not spans:
        hint = "方案标题应在第一条编号之前，自成一段；核对文件是否完整。"
        raise SourceError("原件里找不到方案标题。", hint)
    issuer = next(
        (match["name"] for start, stop in spans if (match := ISSUER.match(front.text[start:stop]))), None
    )
    first, count = _last_title(front.text, spans) or (0, 1)
    start, stop = spans[first][0], spans[first + count - 1][1]
    title, breaks = front.cut(start, stop).keep(lambda index: front.text[start + index] != "\n")
    behind = stop
    for at, end in spans[first + count :]:
        if not _ADDRESS.fullmatch(front.text[at:end].strip()):
            break
        behind = end
    notice = join((front.cut(0, start), front.cut(stop, behind)))
    return Front(title, front.cut(behind), breaks, notice, issuer)


def read_running_front(front: MappedText) -> Front:
    """The front of a text without line breaks: its first line is the title.  SourceError without one."""
    start = len(front.text) - len(front.text.lstrip("\n"))
    end = front.line_end(start)
    if start == end:
        hint = "方案标题应在第一章之前，自成一段；连排的可用“分段”断开。"
        raise SourceError("原件里找不到方案标题。", hint)
    return Front(front.cut(start, end), front.cut(0, start) + front.cut(end))


_ADDRESS = re.compile(
    r".{0,30}[〔\[][0-9]{4}[〕\]].{0,10}号|(?:各|市直|省直|县直|区直|州直|有关)[^。]{2,300}：|[（(][^（）()]{2,60}(?:印发|发布|通过|公布)[）)]"
)
"""What stands between a title and the text: the file's number, those it is sent to, the day."""


def _last_title(text: str, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The title's first paragraph and their number; None where nothing reads like a title."""
    words = [text[start:stop] for start, stop in spans]
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(words):
        counts = (count for count in (3, 2, 1) if _reads_as_title(words[first : first + count], count))
        count = next(counts, 0)
        if count:
            found.append((first, count))
        first += count or 1
    own = [(at, count) for at, count in found if not NOTICE.fullmatch("".join(words[at : at + count]))]
    titles = own or found
    # What stands before a title may say that just this is sent out: 关于印发…的通知, 现将《…》印发.
    named = [
        (at, count)
        for at, count in titles
        if "印发" in (before := text[: spans[at][0]])
        and _NOT_WORDS.sub("", "".join(words[at : at + count])) in _NOT_WORDS.sub("", before)
    ]
    return (named or titles)[-1] if titles else None


_NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")


def _reads_as_title(paragraphs: list[str], count: int) -> bool:
    """Whether so many paragraphs are a title, put together."""
    joined = "".join(paragraphs)
    if len(paragraphs) < count or len(joined) > 100 or _SENTENCE_SIGN.search(joined):
        return False
    if ATTACHMENT.fullmatch(paragraphs[0]) or AIMS.fullmatch(joined) or GUARANTEES.fullmatch(joined):
        return False
    if any(rule.fullmatch(words) for words in paragraphs for rule in _NEVER_IN_TITLES):
        return False
    *upper, last = paragraphs
    if upper and (
        any(TITLE.fullmatch(words) or NOTICE.fullmatch(words) for words in upper)
        or (
            "关于" not in joined
            and any(len(words) > 30 or _FILE_NUMBER.search(words) for words in paragraphs)
        )
    ):
        # A title that is whole by itself takes only a remark in brackets: （试行）.
        remark = re.fullmatch(r"[（(][^）)]{2,30}[）)]", last)
        return len(paragraphs) == 2 and bool(TITLE.fullmatch(upper[0]) and remark)
    if _FILE_NUMBER.search(joined):
        return False
    return bool(TITLE.fullmatch(joined) or NOTICE.fullmatch(joined))


_LEADER = re.compile(r"[.…·．]*[0-9]*$")


def split_contents(text: MappedText) -> tuple[MappedText, MappedText]:
    """The text without its table of contents (目录), and that table.

    It ends where its first entry comes again as a heading; without such a place nothing is taken.
    """
    spans = _paragraphs(text.text)
    names = [text.text[start:stop] for start, stop in spans]
    at = next((index for index, name in enumerate(names) if name == "目录"), None)
    if at is None or at + 1 == len(spans):
        return text, NOTHING
    first = _LEADER.sub("", names[at + 1])
    for index in range(at + 2, len(spans)):
        if first and names[index].startswith(first):
            start, stop = spans[at][0], spans[index][0]
            return join((text.cut(0, start), text.cut(stop))), text.cut(start, stop)
    return text, NOTHING


def split_attachments(text: MappedText) -> tuple[MappedText, MappedText]:
    """The document and its attachments: from the first paragraph 附件 on that follows some headings."""
    seen = 0
    for start, stop in _paragraphs(text.text):
        paragraph = text.text[start:stop]
        if seen >= _ENOUGH and ATTACHMENT.fullmatch(paragraph):
            return text.cut(0, start), text.cut(start)
        if _NUMBERED.match(paragraph):
            seen += 1
    return text, NOTHING


_ENOUGH = 3
_NUMBERED = re.compile(
    r"[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十0-9]{1,4}[章条]"
)


def split_sign_off(text: MappedText) -> tuple[MappedText, MappedText]:
    """The text and what closes it: paragraphs at its end that match :data:`SIGN_OFFS`."""
    spans = _paragraphs(text.text)
    cut = len(spans)
    certain = len(spans)
    while cut:
        start, stop = spans[cut - 1]
        kind = next(
            (index for index, rule in enumerate(SIGN_OFFS) if rule.fullmatch(text.text[start:stop])), None
        )
        if kind is None:
            break
        cut -= 1
        if kind not in _WEAK or (kind == _NAME_ALONE and certain == cut + 1):
            certain = cut
    if certain == len(spans):
        return text, NOTHING
    start = spans[certain][0]
    return text.cut(0, start), text.cut(start)


def closing_start(text: str) -> int:
    """Where the closing of the document begins in the text of its last measure; its length if nowhere."""
    spans = _paragraphs(text)
    for start, stop in spans[1:]:
        if ADDRESSED.match(text, start, stop):
            return start
    return len(text)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs that are not empty, as (start, stop)."""
    return [match.span() for match in _PARAGRAPH.finditer(text)]


_PARAGRAPH = re.compile(r"^[^\S\n]*\S.*", re.MULTILINE)

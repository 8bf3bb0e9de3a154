"""Corrections put into effect on text, each of them exactly once or with an error that tells its line."""

from __future__ import annotations

from fazhi_tui.importer.corrections.model import Break, Corrections, Everywhere, Omission, Shuffle
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.text.source_map import INSERTED, MappedText, join

_SHOWN = 24


def shown(text: str) -> str:
    """A text as messages quote it: its beginning and end if it is long."""
    if len(text) <= 2 * _SHOWN:
        return f"「{text}」"
    return f"「{text[:_SHOWN]}……{text[-_SHOWN:]}」"


def find_once(corrections: Corrections, line: int, text: str, words: str, where: str) -> int:
    """Where ``words`` stand in ``text``: exactly once, or CorrectionError."""
    first = text.find(words)
    if first < 0:
        hint = "核对原件：文字须与去掉页标、空白并改为全角标点后的原文一字不差；若已不需要，删去这一条。"
        raise corrections.error(line, f"在{where}里找不到{shown(words)}。", hint)
    if text.find(words, first + 1) >= 0:
        message = f"{shown(words)}在{where}里不止一处。"
        raise corrections.error(line, message, "把引文写长一些，使它恰好出现一次。")
    return first


def omit(corrections: Corrections, text: MappedText, omission: Omission) -> tuple[MappedText, MappedText]:
    """The text without one stretch that is no part of the document, and that stretch."""
    start = find_once(corrections, omission.line, text.text, omission.start, "原件")
    stop = _end(corrections, omission.line, text.text, omission.stop, start)
    return join((text.cut(0, start), text.cut(stop))), text.cut(start, stop)


def respell(corrections: Corrections, text: MappedText, rule: Everywhere) -> MappedText:
    """One spelling turned into another wherever it stands; the number of places has to be as written."""
    found = text.text.count(rule.old)
    if found != rule.times:
        message = f"{shown(rule.old)}在原文里有 {found} 处，这里写的是 {rule.times} 处。"
        raise corrections.error(rule.line, message, "逐处核对后改正“次数”。")
    pieces: list[MappedText] = []
    at = 0
    while (hit := text.text.find(rule.old, at)) >= 0:
        stop = hit + len(rule.old)
        pieces.append(text.cut(at, hit))
        if len(rule.old) == len(rule.new):
            pieces.append(MappedText(rule.new, text.origin[hit:stop]))
        else:
            pieces.append(text.cut(hit, stop).replace(0, len(rule.old), rule.new)[0])
        at = stop
    return join((*pieces, text.cut(at)))


def reword(
    corrections: Corrections, place: str, text: MappedText, ledger: Ledger, shown_as: str = ""
) -> tuple[MappedText, list[str]]:
    """The words of one place (a measure's number, or a part such as 引言) changed; and the 校勘 on it.

    ``shown_as`` is what a person calls the place.  CorrectionError for words, or for doubtful words, that do
    not stand there exactly once.
    """
    where = shown_as or place
    remarks: list[str] = []
    for wording in corrections.wording:
        if wording.where == place:
            start = find_once(corrections, wording.line, text.text, wording.old, where)
            stop = start + len(wording.old)
            old = text.cut(start, stop)
            text, gone = text.replace(start, stop, wording.new)
            remarks.append(f"{where}：{wording.remark}")
            ledger.changed(remarks[-1], old)
            ledger.leave_out(remarks[-1], gone)
    for doubt in corrections.doubts:
        if doubt.where == place:
            find_once(corrections, doubt.line, text.text, doubt.old, where)
            remarks.append(f"{where}：{doubt.remark}")
    return text, remarks


def insert_break(corrections: Corrections, text: MappedText, at: Break) -> MappedText:
    """The text with a paragraph break between the two words."""
    start = find_once(corrections, at.line, text.text, at.before + at.after, "正文")
    place = start + len(at.before)
    return join((text.cut(0, place), MappedText("\n", (INSERTED,)), text.cut(place)))


def reorder(
    corrections: Corrections, text: MappedText, shuffle: Shuffle
) -> tuple[list[MappedText], MappedText]:
    """Fragments put into their true order.

    Returns the stretches of text between losses (one, where nothing is lost), and what is dropped as a
    repeat.  The fragments have to follow each other without a gap; the blocks of the whole document
    (``shuffle.where`` is "") have to cover it from its first character to its last.
    """
    where = f"第{shuffle.where}条附近" if shuffle.where else "全文"
    first = find_once(corrections, shuffle.fragments[0].line, text.text, shuffle.fragments[0].start, where)
    at = first
    found: list[tuple[int, bool, MappedText]] = []
    repeats: list[MappedText] = []
    for fragment in shuffle.fragments:
        if not text.text.startswith(fragment.start, at):
            here = shown(text.text[at : at + 20])
            message = f"这一段应紧接上一段，以{shown(fragment.start)}起，原文此处是{here}。"
            hint = "核对上一段的“止”和这一段的“起”，各段须首尾相接。"
            raise corrections.error(fragment.line, message, hint)
        stop = _end(corrections, fragment.line, text.text, fragment.stop, at)
        piece = text.cut(at, stop)
        if fragment.place is None:
            repeats.append(piece)
        else:
            found.append((fragment.place, fragment.lost_after, piece))
        at = stop
    before, after = text.cut(0, first), text.cut(at)
    if not shuffle.where and (before or after):
        message = f"各块没有盖满全文，余下{shown((before or after).text)}。"
        raise corrections.error(shuffle.line, message, "补上缺少的块，或改正最后一块的“止”。")
    stretches: list[list[MappedText]] = [[before]]
    for _, lost_after, piece in sorted(found, key=lambda piece: piece[0]):
        stretches[-1].append(piece)
        if lost_after:
            stretches.append([])
    stretches[-1].append(after)
    return [join(pieces) for pieces in stretches], join(repeats)


def _end(corrections: Corrections, line: int, text: str, words: str, start: int) -> int:
    found = text.find(words, start)
    if found < 0:
        message = f"从“起”往后找不到{shown(words)}。"
        raise corrections.error(line, message, "核对“止”：须与整理后的原文一字不差。")
    return found + len(words)

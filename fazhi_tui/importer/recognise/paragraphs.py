"""A measure that is printed in paragraphs: its title, its text, its unit clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazhi_tui.importer.clauses.find import find_clauses
from fazhi_tui.importer.clauses.values import Clause, Convention, merged
from fazhi_tui.importer.clauses.vocabulary import TIME_LABEL
from fazhi_tui.importer.recognise.boundaries import closing_start
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.text.source_map import NOTHING, MappedText, join

LONGEST_TITLE = 45
"""A first sentence that is longer is no title: most titles have fewer than thirty characters."""

_SENTENCE_END = re.compile(r"[。！？]")
_TITLE_END = re.compile(r"[：；，]")
_SHORTEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class MeasureText:
    """What a measure says, its parts told apart; ``behind`` is what follows the last measure.

    ``bracketed`` tells whether the unit clause is printed in brackets; None without a clause.
    """

    title: str | None
    text: MappedText
    clause: Clause
    bracketed: bool | None
    behind: MappedText


def read_paragraphs(
    where: str, body: MappedText, ledger: Ledger, convention: Convention, *, last: bool
) -> MeasureText:
    """The parts of one measure; every character is placed, left out or in the text that is given back."""
    found = find_clauses(body.text, convention)
    behind = NOTHING
    if last:
        start = _behind(body.text, found[-1].stop if found else None)
        body, behind = body.cut(0, start), body.cut(start)
    pieces: list[MappedText] = []
    at = 0
    for place in found:
        pieces.append(body.cut(at, place.start))
        clause_text = body.cut(place.start, place.stop)
        ledger.place(f"{where} 单位", clause_text)
        for doubt in place.doubts:
            ledger.doubt(f"{where}：{doubt}", clause_text)
        at = place.stop
    pieces.append(body.cut(at))
    title, text = _title(where, pieces, ledger)
    bracketed = body.text[found[0].start] in "（〔" if found else None
    clause = merged([place.clause for place in found])
    return MeasureText(title, text, clause, bracketed, behind)


def _behind(text: str, clause_stop: int | None) -> int:
    """Where the text of the last measure ends: at the paragraph behind its clause, a line of time apart."""
    if clause_stop is None:
        return closing_start(text)
    stop = text.find("\n", clause_stop)
    while stop >= 0 and TIME_LABEL.match(text, stop + 1):
        stop = text.find("\n", stop + 1)
    return len(text) if stop < 0 else stop


def _title(where: str, pieces: list[MappedText], ledger: Ledger) -> tuple[str | None, MappedText]:
    """The title and the text without it.

    A first paragraph without a full stop is the title, and so is a short first sentence.  A measure
    without a title sentence is called by its first words, which stay in the text.
    """
    whole = join(pieces)
    text = whole.text
    start = len(text) - len(text.lstrip("\n"))
    line_end = text.find("\n", start)
    # What stands before the first clause in the first paragraph.
    stop = min(len(text) if line_end < 0 else line_end, max(len(pieces[0]), start))
    end = _SENTENCE_END.search(text, start, stop)
    sentence_stop = end.start() if end else stop
    if sentence_stop - start <= 0:
        return None, whole
    if sentence_stop - start <= LONGEST_TITLE:
        after = sentence_stop + (1 if end else 0)
        title = whole.cut(start, sentence_stop)
        ledger.leave_out(f"{where}标题前的断行", whole.cut(0, start))
        ledger.place(f"{where} 标题", title)
        ledger.place(f"{where} 标题后的句号", whole.cut(sentence_stop, after))
        return title.text, whole.cut(after)
    sign = _TITLE_END.search(text, start + _SHORTEST_TITLE, start + LONGEST_TITLE)
    return text[start : sign.start() if sign else start + LONGEST_TITLE], whole

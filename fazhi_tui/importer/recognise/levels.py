"""Which headings are the measures: the level whose headings carry one unit clause each.

Aims, principles and organisational requirements are headings of the same look, and are no measures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fazhi_tui.importer.recognise.headings import Heading

AIMS = re.compile(
    r"(?:总体(?:要求|目标|思路|安排)|指导思想|基本原则|主要原则|工作原则|(?:主要|工作|总体|发展|改革)?目标(?:任务)?"
    r"|工作思路|形势(?:与|和)?(?:要求|任务)|重要意义|目的意义|编制依据|适用范围|背景|前言|总体要求和.{0,8}"
    r"|指导思想[、和].{0,12}|目标要求|工作要求和目标)"
)
"""Whole titles of headings that say what a document is for, not what is to be done."""

GUARANTEES = re.compile(
    r"(?:保障措施|组织保障|组织实施|组织领导|工作要求|工作保障|实施保障|有关要求|相关要求|工作步骤|实施步骤"
    r"|时间安排|方法步骤|工作安排|进度安排|实施要求|强化保障|加强组织(?:领导|保障|实施)|保障机制|附则)"
)
"""Whole titles of headings that say how a document is to be carried out."""

_TITLE_SIGNS = re.compile(r"[。：；\n]")


def title_of(text: str, heading: Heading) -> str:
    """The words behind a heading's label, up to the first sign that ends them."""
    stop = min(heading.end, heading.stop + 80)
    end = _TITLE_SIGNS.search(text, heading.stop, stop)
    return text[heading.stop : end.start() if end else stop].strip()


def is_guarantee(text: str, heading: Heading) -> bool:
    """Whether a heading tells how the document is to be carried out, with nobody named below it."""
    return _is_titled(text, heading, GUARANTEES)


def _is_titled(text: str, heading: Heading, titles: re.Pattern[str]) -> bool:
    return bool(titles.fullmatch(title_of(text, heading))) and not heading.all_clauses


def measure_rank(text: str, headings: Sequence[Heading]) -> int:
    """The rank of the headings that are the measures; ``headings`` is not empty.

    Where units are named, the rank at which most headings have a clause of their own, with every clause
    in some heading and one in each; of two such ranks the finer one.
    Where (almost) nobody is named, articles if there are any, else the
    finest of 1., （一） and 一、 that most headings above are divided into.
    """
    excluded = excluded_headings(text, headings)
    wanted = [heading for heading in headings if heading not in excluded]
    if not wanted:
        return headings[0].rank
    ranks = sorted({heading.rank for heading in wanted})
    total = sum(heading.clauses for heading in wanted)
    if total >= 2 and total * 8 >= sum(not heading.children for heading in wanted):
        return max(ranks, key=lambda rank: (_score(wanted, rank, total), rank))
    return _by_division(text, wanted)


def excluded_headings(text: str, headings: Sequence[Heading]) -> set[Heading]:
    """The headings of aims, by their whole titles and because nobody is named below them, and all below."""
    return _with_all_below(text, headings, AIMS)


def _with_all_below(text: str, headings: Sequence[Heading], titles: re.Pattern[str]) -> set[Heading]:
    found: set[Heading] = set()
    for heading in headings:
        if heading.parent in found or _is_titled(text, heading, titles):
            found.add(heading)
    return found


def measures_at(headings: Sequence[Heading], rank: int) -> list[Heading]:
    """The headings of a rank, and the higher ones that have a clause and none of that rank below them."""
    divided: set[Heading] = set()
    for heading in headings:
        if heading.rank == rank:
            divided.update(heading.above())
    return [
        heading
        for heading in headings
        if heading.rank == rank
        or (
            heading.rank < rank
            and heading not in divided
            and heading.clauses
            and not any(node.clauses for node in heading.below())
        )
    ]


def _score(headings: Sequence[Heading], rank: int, total: int) -> float:
    chosen = measures_at(headings, rank)
    counts = [heading.all_clauses for heading in chosen]
    with_clause = sum(count > 0 for count in counts)
    covered = sum(counts)
    if not with_clause:
        return 0.0
    return (with_clause / len(chosen)) * (covered / total) * (with_clause / covered)


_ARTICLE = 5
_FINEST = 6


def _by_division(text: str, headings: Sequence[Heading]) -> int:
    """The rank of measures where nobody is named: the finest that most headings above it are divided into.

    (1) below a 1. is a point of its text, unless the 1. says nothing but its title.
    """
    gone = _with_all_below(text, headings, GUARANTEES)
    headings = [heading for heading in headings if heading not in gone] or headings
    ranks = sorted({heading.rank for heading in headings})
    rank = _divided(headings, ranks)
    while (finer := next((below for below in ranks if below > rank), None)) is not None:
        chosen = [heading for heading in headings if heading.rank == rank]
        # Bare is one that has nothing but its title before the first heading below it.
        own = (text[heading.stop : heading.end].strip() for heading in chosen if heading.children)
        bare = sum("\n" not in words and not re.search("[。：]", words.rstrip("。：")) for words in own)
        if bare * 2 <= len(chosen):
            break
        rank = finer
    return rank


def _divided(headings: Sequence[Heading], ranks: Sequence[int]) -> int:
    if _ARTICLE in ranks and sum(heading.rank == _ARTICLE for heading in headings) >= 3:
        return _ARTICLE
    usual = [rank for rank in ranks if rank <= _FINEST] or list(ranks)
    for above, rank in reversed(list(pairwise(usual))):
        higher = [heading for heading in headings if heading.rank == above]
        divided = sum(any(node.rank == rank for node in heading.below()) for heading in higher)
        if divided * 2 >= len(higher):
            return rank
    return usual[0]

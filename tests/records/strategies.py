"""Generated plans, measures, units and notes with any text a person or a program may put into them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from hypothesis import strategies as st

from fazhi_tui.domain.model.measure import Completeness, Item, Measure, Period
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Chapter, Gap, Plan, Span
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.unit import Contact, Unit, UnitKind, UnitRegister

#: Pieces that YAML, git, terminals and people trip over.
NASTY = st.sampled_from(
    [
        *("：", ": ", " #", "#", "- ", "? ", "|", ">", "'", '"', "\\", "\n", "\r", "\r\n"),
        *("\t", " ", "  ", "\x7f", "\u202e", "\ufffe"),
        *(
            "\u2028",
            "\u0085",
            "\ufeff",
            "\x00",
            "\x1b[31m",
            "\x7f",
            "\u202e",
            "\ufffe",
            "😀",
            "👨\u200d👩",
            "𠀀",
        ),
        *(
            "---",
            "...",
            "~",
            "null",
            "true",
            "yes",
            "1",
            "01",
            "2022-12-31",
            "28.10",
            "0x1f",
            "1e3",
            "<<",
            "=",
        ),
        *(
            "&a",
            "*a",
            "!!str",
            "%",
            "@",
            "`",
            "{",
            "}",
            "[",
            "]",
            ",",
            "[/]",
            "{}",
            "正文: |",
            "<<<<<<< HEAD",
        ),
        *("《", "。", "措施"),
    ]
)
texts = st.one_of(
    st.text(max_size=20),
    st.lists(st.one_of(NASTY, st.text(max_size=4)), max_size=6).map("".join),
)
filled = texts.filter(bool)
days = st.dates(min_value=date(1, 1, 1))
numbers = st.integers(min_value=1, max_value=10**6)
measure_ids = st.from_regex(r"[1-9][0-9]{0,2}(-[1-9]){0,2}", fullmatch=True)
item_ids = st.from_regex(r"[1-9][0-9]?(-[1-9])?\.[1-9]", fullmatch=True)


def tuples(elements: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(elements, max_size=3).map(tuple)


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | values


items = st.builds(
    Item,
    id=item_ids,
    content=filled,
    due=maybe(days),
    period=maybe(st.sampled_from(Period)),
    quantity=maybe(numbers),
    measure_word=maybe(texts),
    source=texts,
)
measures = st.builds(
    Measure,
    id=measure_ids,
    title=maybe(texts),
    chapter=texts,
    section=maybe(texts),
    leads=tuples(texts),
    participants=tuples(texts),
    responsible=tuples(texts),
    by_duties=st.booleans(),
    open_list=st.booleans(),
    items=tuples(items),
    text=texts,
    printed_id=maybe(texts),
    completeness=st.sampled_from(Completeness),
    remarks=tuples(texts),
)
units = st.builds(
    Unit,
    name=filled,
    aliases=tuples(texts),
    kind=st.sampled_from(UnitKind),
    pinyin=st.from_regex(r"[a-zü0-9 ]{0,12}", fullmatch=True),
    members=tuples(texts),
    contacts=tuples(st.builds(Contact, name=texts, email=texts)),
)
registers = st.builds(UnitRegister, units=tuples(units))
plans = st.builds(
    Plan,
    title=filled,
    period=st.builds(Span, start=days, end=days),
    issuer=maybe(texts),
    general=texts,
    chapters=tuples(st.builds(Chapter, title=texts, sections=tuples(texts))),
    closing=texts,
    gaps=tuples(st.builds(Gap, id=measure_ids, reason=texts)),
    remarks=tuples(texts),
    settings=st.builds(
        Settings, coordinator=texts, warn_days=st.integers(0, 999), judge_progress=st.booleans()
    ),
)
moments = st.datetimes(
    min_value=datetime(2, 1, 1),
    max_value=datetime(9998, 1, 1),
    timezones=st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(
        lambda delta: timezone(timedelta(seconds=int(delta.total_seconds())))
    ),
)
notes = st.builds(
    Note,
    measure=measure_ids,
    unit=filled,
    author=filled,
    time=moments,
    kind=st.sampled_from(NoteKind),
    item=maybe(item_ids),
    status_before=maybe(st.sampled_from(Status)),
    status=maybe(st.sampled_from(Status)),
    progress=maybe(st.integers(0, 100)),
    quantity=maybe(st.integers(0, 10**6)),
    new_due=maybe(days),
    corrects=maybe(texts),
    evidence=tuples(texts),
    body=texts,
    path=st.just("status/28/20221220T153000-sfj-3f9a.md"),
)

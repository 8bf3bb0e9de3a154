"""How a query is written: blanks, quotes, signs and commas.  Knows nothing of fields or values.

:func:`scan` never raises: a term with a mistake carries it, so that a text being edited can be
changed around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SIGNS = ":：<>=＜＞＝≤≥"
_COMMAS = ",，、"
_MINUS = "-－"
#: The comma in 各县（市、区）人民政府 parts no values.
_BRACKETED = re.compile(r"[(（][^()（）\s]*[)）]")
#: Opening quote → the marks that close it.
_QUOTES = {'"': '"＂', "＂": '"＂', "“": "”", "”": "”"}
_ESCAPABLE = '"＂”\\'
_SIGN = re.compile(r"[:：]?(?:[<＜>＞][=＝]?|[=＝≤≥])|[:：]")
_NORMAL = str.maketrans({"：": ":", "＜": "<", "＞": ">", "＝": "=", "≤": "<=", "≥": ">="})


class Value(NamedTuple):
    """One value; ``quoted`` ones are taken literally.  Two are equal wherever they stand."""

    text: str
    quoted: bool = False
    start: int = 0
    end: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and self[:2] == other[:2]

    def __ne__(self, other: object) -> bool:
        # A tuple's own would compare the places.
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:2])

    def render(self) -> str:
        """The value as it is typed."""
        return _quoted(self.text) if self.quoted else self.text


class Mistake(NamedTuple):
    """What is wrong, how to mend it, and where."""

    message: str
    hint: str
    start: int
    end: int


class RawTerm:
    """One term as typed; ``name`` is None for bare words, ``sign`` one of ``: < <= > >=`` or empty."""

    def __init__(self, start: int) -> None:
        self.start = self.end = self.name_start = start
        self.negated = False
        self.name: str | None = None
        self.sign = ""
        self.values: list[Value] = []
        self.mistake: Mistake | None = None
        #: Its quote runs to the end of the text: whatever is added behind would be swallowed.
        self.unclosed = False


def _quoted(text: str) -> str:
    escaped = "".join("\\" + char if char in _ESCAPABLE else char for char in text)
    return f'"{escaped}"'


def quote(value: str) -> str:
    """A value as it must be typed: in quotes where it is empty or holds signs, commas or blanks."""
    special = _SIGNS + "".join(_QUOTES)
    if value and value[0] not in _MINUS and not any(char in special for char in value):
        alone = list(scan(value))
        if len(alone) == 1 and not alone[0].mistake and alone[0].values == [Value(value)]:
            return value
    return _quoted(value)


class Piece(NamedTuple):
    """The part of a term that a cursor stands in or behind: where it is, and what it says up to there.

    ``first`` is true for a term's first value, ``quoted`` where it begins with a quote.
    """

    start: int
    end: int
    typed: str
    first: bool
    quoted: bool


def sign_end(text: str, place: int) -> int:
    """The end of the sign that stands at ``place``; ``place`` where none does."""
    found = _SIGN.match(text, place)
    return found.end() if found else place


def value_at(text: str, start: int, cursor: int) -> Piece | None:
    """The value under the cursor, of those that begin at ``start``; None where no value can stand there.

    A quote that nothing closes reaches to the next blank or comma behind the cursor, not to the end of the
    text: what follows was typed before.
    """
    place, first = start, True
    while True:
        begin, chars = place, [""]
        quoted = text[place : place + 1] in _QUOTES
        if quoted:
            place, closed = _over_quoted(text, begin, cursor, chars)
            if not closed or not _parted(text, place):
                if cursor < begin:
                    return None
                place = cursor
                while not _parted(text, place):
                    place += 1
                return Piece(begin, place, "".join(chars), first, True)
        else:
            while not _parted(text, place):
                bracketed = _BRACKETED.match(text, place)
                place = bracketed.end() if bracketed else place + 1
            chars.append(text[begin:cursor])
        if cursor <= place:
            return Piece(begin, place, "".join(chars), first, quoted) if cursor >= begin else None
        if text[place : place + 1] not in tuple(_COMMAS):
            return None
        place, first = place + 1, False


def _parted(text: str, place: int) -> bool:
    """Whether a value ends here: at a blank, a comma, or the end."""
    return place >= len(text) or text[place].isspace() or text[place] in _COMMAS


def _over_quoted(text: str, start: int, cursor: int, chars: list[str]) -> tuple[int, bool]:
    """The end of what begins with a quote, and whether one closes it; ``chars`` gets what it says up to
    the cursor."""
    closing = _QUOTES[text[start]]
    place = start + 1
    while place < len(text) and text[place] not in closing:
        if text[place] == "\\" and text[place + 1 : place + 2] in tuple(_ESCAPABLE):
            place += 1
        if place < cursor:
            chars.append(text[place])
        place += 1
    return (place + 1, True) if place < len(text) else (place, False)


def scan(text: str) -> Iterator[RawTerm]:
    """The terms of a query, in order; every character but blanks belongs to one of them."""
    place = 0
    while True:
        place = _skip(text, place, blanks=True)
        if place >= len(text):
            return
        term = _Scanner(text, place).term
        yield term
        place = term.end


def _skip(text: str, place: int, *, blanks: bool) -> int:
    """The end of the run of blanks (or of others) that begins at ``place``."""
    while place < len(text) and text[place].isspace() is blanks:
        place += 1
    return place


class _Scanner:
    """Reads one term."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.place = start
        self.term = RawTerm(start)
        self._read()
        self.term.end = self.place

    def _at(self, chars: str) -> bool:
        return self.place < len(self.text) and self.text[self.place] in chars

    def _give_up(self, message: str, hint: str, start: int, end: int | None = None) -> None:
        """Note a mistake after which the rest of the word means nothing."""
        self.place = _skip(self.text, self.place, blanks=False)
        self.term.mistake = Mistake(message, hint, start, self.place if end is None else end)

    def _read(self) -> None:
        term = self.term
        if self._at(_MINUS):
            term.negated = True
            self.place += 1
            if _skip(self.text, self.place, blanks=False) == self.place:
                self._give_up("减号后面缺少条件", "减号紧接条件，中间不留空格，如 -状态:已完成", term.start)
                return
            if self._at(_MINUS):
                hint = '一个减号表示排除；要查找减号本身请加引号，如 "-1"'
                self._give_up("多了一个减号", hint, self.place, self.place + 1)
                return
        term.name_start = self.place
        if not self._at("".join(_QUOTES)):
            self._read_name()
            if term.mistake:
                return
        while self._read_value() and self._at(_COMMAS):
            self.place += 1

    def _read_name(self) -> None:
        """Read ``名:`` if there is one, else go back to its beginning."""
        term, start = self.term, self.place
        while not _parted(self.text, self.place) and not self._at(_SIGNS):
            self.place += 1
        sign = _SIGN.match(self.text, self.place)
        if sign is None:
            self.place = start
            return
        if self.place == start:
            hint = f'写成 字段{sign[0]}值，如 状态:推进中；要查找这个符号请加引号，如 "{sign[0]}"'
            self.place = sign.end()
            self._give_up(f"「{sign[0]}」前面缺少字段", hint, start, sign.end())
            return
        term.name = self.text[start : self.place]
        # A colon before a comparison adds nothing, and so does an equals sign.
        normal = sign[0].translate(_NORMAL)
        term.sign = normal.removeprefix(":") if len(normal) > 1 else normal
        if term.sign == "=":
            term.sign = ":"
        self.place = sign.end()
        if self._at(_SIGNS):
            hint = "比较只能用 : < <= > >= 中的一个；要查找符号本身请加引号"
            self._give_up(f"「{sign[0]}」后面多了符号", hint, self.place, self.place + 1)

    def _read_value(self) -> bool:
        """Read one value; False where the term ends with a mistake."""
        start = self.place
        if self._at("".join(_QUOTES)):
            return self._read_quoted()
        while not _parted(self.text, self.place):
            bracketed = _BRACKETED.match(self.text, self.place)
            self.place = bracketed.end() if bracketed else self.place + 1
        if self.place == start:
            self._blame_empty(start)
            return False
        self.term.values.append(Value(self.text[start : self.place], False, start, self.place))
        return True

    def _blame_empty(self, start: int) -> None:
        term = self.term
        if term.values or self._at(_COMMAS):
            side = "后面" if term.values else "前面"
            hint = '逗号表示「或」，前后都紧接值，不留空格；要查找逗号本身请加引号，如 ","'
            self._give_up(f"逗号{side}缺少值", hint, max(term.start, start - 1))
        else:
            typed = self.text[term.name_start : start]
            self._give_up(f"「{typed}」后面缺少值", "值紧接在后面，不留空格", term.start)

    def _read_quoted(self) -> bool:
        start = self.place
        chars: list[str] = []
        self.place, closed = _over_quoted(self.text, start, len(self.text), chars)
        if not closed:
            self.term.unclosed = True
            mark = "”" if _QUOTES[self.text[start]] == "”" else '"'
            self._give_up("引号没有收尾", f"在末尾补上 {mark}", start)
            return False
        self.term.values.append(Value("".join(chars), True, start, self.place))
        if not chars:
            self._give_up("引号里是空的", "在引号里写要查找的内容，或去掉引号", start, self.place)
            return False
        if not _parted(self.text, self.place):
            hint = "收尾的引号后面要有空格或逗号；引号里要写引号时，前面加反斜杠"
            self._give_up("引号后面还有内容", hint, self.place)
            return False
        return True

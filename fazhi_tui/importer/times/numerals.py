"""Numbers as officials write them: 12, 两, 十二, 六十, 一百二十."""

from __future__ import annotations

_DIGITS = {
    char: value
    for value, chars in enumerate(("〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_UNITS = {"十": 10, "百": 100, "千": 1000}

NUMERAL = r"(?:[0-9]{1,12}|[〇零一二两三四五六七八九十百千]{1,8})"
"""A pattern that finds what :func:`to_int` reads; bounded, so that a search stays linear."""


def to_int(numeral: str) -> int:
    """``12`` → 12, ``两`` → 2, ``六十`` → 60, ``一百二十`` → 120, ``二〇二二`` → 2022.

    Raises ValueError for anything else.
    """
    if not numeral:
        raise ValueError("empty numeral")
    if numeral.isdecimal():
        return int(numeral)
    unknown = set(numeral) - set(_DIGITS) - set(_UNITS)
    if unknown:
        raise ValueError(f"not a numeral: {numeral}")
    if not set(numeral) & set(_UNITS):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = 0
    digit: int | None = None
    for char in numeral:
        if char in _UNITS:
            # 十二 has no digit before its unit: 十 alone is one ten.
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)

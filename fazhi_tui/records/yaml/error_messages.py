"""What libyaml's complaints mean, and what to do: the parser knows the place, the line the cause."""

from __future__ import annotations

import re

from fazhi_tui.domain.model.problem import Problem

#: Part of libyaml's message → (code, what is wrong, what to do).  The first that fits is taken.
_MEANINGS = (
    (
        "mapping values are not allowed",
        "extra-colon",
        "这一行不该再有冒号",
        "值里有“: ”时给整个值加双引号；或检查上一行的冒号和缩进",
    ),
    (
        "could not find expected ':'",
        "missing-colon",
        "这一行缺少半角冒号",
        "写成“键: 值”，冒号后空一格；多行文字用 | 并缩进",
    ),
    (
        "cannot start any token",
        "bad-start",
        "值以不能直接使用的字符开头",
        "给整个值加双引号；缩进不能用制表符（Tab）",
    ),
    (
        "did not find expected key",
        "bad-indent",
        "缩进不对，或引号没有配对",
        "同一层的键要左对齐；值里有引号时整个值用双引号括起",
    ),
    (
        "did not find expected '-' indicator",
        "bad-indent",
        "列表的缩进不对",
        "同一列表的每一项都以“- ”开头并左对齐",
    ),
    (
        "did not find expected ',' or",
        "bad-flow",
        "方括号或花括号里的内容不完整",
        "检查半角逗号和括号是否配对；文字以 [ 或 { 开头要加引号",
    ),
    ("found unexpected ':'", "bad-flow", "方括号或花括号里的文字有冒号", "给这一项加双引号"),
    ("unexpected end of stream", "open-quote", "引号没有收尾", "补上另一半引号"),
    ("unexpected document indicator", "open-quote", "引号没有收尾", "补上另一半引号"),
    ("unknown escape character", "bad-escape", "双引号里的反斜杠写法不对", "反斜杠写成 \\\\，或改用单引号"),
    (
        "block sequence entries are not allowed",
        "bad-indent",
        "列表不能写在这里",
        "把“- ”移到下一行并缩进两格",
    ),
    (
        "expected a comment or a line break",
        "bad-block",
        "| 或 > 后面不能有文字",
        "文字从下一行开始，并缩进两格",
    ),
    ("leading space characters", "bad-block", "文字块的第一行缩进太深", "文字块的各行都缩进两格"),
    ("tab character", "tab", "用制表符（Tab）缩进", "缩进改用空格"),
    ("<document start>", "bad-indent", "这一行的缩进不对，或前面的内容已经结束", "检查这一行和上一行的缩进"),
    ("while scanning an alias", "bad-start", "值以 * 开头", "给整个值加双引号"),
    ("while scanning an anchor", "bad-start", "值以 & 开头", "给整个值加双引号"),
    ("directive", "bad-start", "行首的 % 不能直接使用", "给整个值加双引号"),
    ("tag", "bad-start", "值以 ! 开头", "给整个值加双引号"),
)

#: A key followed by a full-width colon, perhaps behind a dash.
FULL_WIDTH_COLON = re.compile(r"[ \t]*(?:- +)?([\u4e00-\u9fff]{1,6})：")
_TAB_INDENT = re.compile(r" *\t[ \t]*\S")
#: A value that opens with a quotation mark and does not close it on its line.
_OPEN_QUOTE = re.compile(r"""[ \t]*(?:- +)?(?:[\u4e00-\u9fff]{1,6}: +)?(?:"(?:[^"\\]|\\.)*|'(?:[^']|'')*)$""")


def explain(text: str, path: str, first_line: int, line: int, column: int, words: str) -> Problem:
    """The problem behind a complaint of the parser at ``line`` of ``text`` (from 1; 0: it does not say)."""
    lines = text.split("\n")
    # libyaml often stumbles a line or two after the mistake.
    around = range(max(line - 3, 0), min(line + 1, len(lines))) if line else range(len(lines))
    for index in around:
        colon = FULL_WIDTH_COLON.match(lines[index])
        if colon:
            return full_width_colon(path, index + first_line, colon.end(), lines[index])
    for index in around:
        if _TAB_INDENT.match(lines[index]):
            message, hint = "用制表符（Tab）缩进，YAML 不允许", "缩进改用空格，每层两个"
            return Problem(path, index + first_line, 1, "tab", message, hint)
    for index in range(min(line, len(lines))):
        if _OPEN_QUOTE.match(lines[index]):
            message, hint = "这一行的引号没有收尾", "在这一行末尾补上另一半引号"
            return Problem(path, index + first_line, 1, "open-quote", message, hint)
    place = line + first_line - 1 if line else 0
    for part, code, message, hint in _MEANINGS:
        if part in words:
            return Problem(path, place, column, code, message, hint)
    return Problem(path, place, column, "yaml", f"不是正确的 YAML：{words}", "对照其他文件检查这一行和上一行")


def full_width_colon(path: str, line: int, column: int, text: str) -> Problem:
    """A key with a full-width colon, which YAML takes for a part of the text; shows the line."""
    shown = text.strip()
    shown = shown if len(shown) <= 40 else shown[:40] + "……"
    hint = f"改为半角冒号加一个空格：{shown.replace('：', ': ', 1)}"
    return Problem(path, line, column, "full-width-colon", f"冒号是全角的：{shown}", hint)

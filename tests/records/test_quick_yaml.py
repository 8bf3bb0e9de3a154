"""The reader of plain YAML: it says nothing, or exactly what the YAML parser says, places included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.records.yaml.fast_parser import quick_tree
from fazhi_tui.records.yaml.parser import Node, parse

PLAN = Path(__file__).parents[2] / "plan"

SCALARS = st.one_of(
    st.sampled_from(
        (
            "|",
            ">",
            "|-",
            '"28"',
            "'28'",
            "28",
            "true",
            "~",
            "2022-12-31",
            "- 甲",
            "[甲]",
            "{甲: 乙}",
            "*甲",
            "&甲 乙",
        )
    ),
    st.sampled_from(
        (
            "甲: 乙",
            "甲:",
            "甲 #乙",
            "甲#乙",
            "甲:乙",
            "“甲”",
            "!甲",
            '"甲\\n"',
            '"甲',
            "甲 ",
            "　甲",
            "…",
            "？：",
            "@甲",
        )
    ),
    st.text("甲乙a1:#-\"' |>?,[]{}&*!%@`.~\\\t\u3000\u2028\ufeff\U00020000é", max_size=8),
    st.text(max_size=6),
)
LINES = st.builds(
    lambda indent, dash, key, value: " " * indent + dash + key + value,
    st.sampled_from((0, 0, 2, 2, 4, 4, 6, 1, 3)),
    st.sampled_from(("", "", "", "- ", "-", "-  ", "? ")),
    st.sampled_from(
        ("编号: ", "标题: ", "正文: ", "事项:", "节: ", "甲:", "abc: ", "", "编号 : ", "# ", "编号:  ")
    ),
    SCALARS,
)


@st.composite
def _trees(draw: st.DrawFn, indent: int = 0) -> str:
    """Texts that mostly are in the plain form: maps of texts, lists, maps and blocks."""
    keys = draw(st.lists(st.sampled_from("甲乙丙丁戊"), min_size=1, max_size=4, unique=True))
    text = ""
    deeper = indent + draw(st.sampled_from((2, 2, 2, 4)))
    for key in keys:
        value = draw(
            st.one_of(st.sampled_from(("文字", '"28"', "2022-01-01", "|", "list", "maps", "map")), SCALARS)
        )
        head = " " * indent + key
        if value in ("list", "maps"):
            text += f"{head}:\n"
            for _ in range(draw(st.integers(1, 3))):
                if value == "maps" and deeper < 8:
                    text += " " * deeper + "- " + draw(_trees(deeper + 2)).lstrip(" ")
                else:
                    text += " " * deeper + "- " + draw(st.one_of(st.just("文字"), SCALARS)) + "\n"
        elif value == "map" and deeper < 8:
            text += f"{head}:\n" + draw(_trees(deeper))
        elif value == "|":
            lines = draw(
                st.lists(st.sampled_from(("文字。", " 缩进", "- 甲", "甲: 乙", "# 注", "")), max_size=3)
            )
            text += f"{head}: |\n" + "".join(f"{' ' * deeper}{line}\n" for line in lines)
        else:
            text += f"{head}: {value}\n"
    return text


def _dumped(node: Node) -> tuple[Any, ...]:
    value: Any = node.value
    if node.kind == "map":
        value = [(_dumped(key), _dumped(one)) for key, one in value]
    elif node.kind == "seq":
        value = [_dumped(one) for one in value]
    return (node.kind, node.style, node.line, node.column, node.start, node.end, value)


def _same_or_silent(text: str, first_line: int = 1) -> bool:
    """Whether the quick reader dared to read it; what it read has to be what the parser reads."""
    quick = quick_tree(text, Node, first_line)
    if quick is None:
        return False
    found = parse(text, "示例.yaml", first_line=first_line)
    assert not found.problems
    assert found.root is not None
    assert _dumped(quick) == _dumped(found.root)
    return True


@given(st.lists(LINES, max_size=8).map(lambda lines: "\n".join(lines) + "\n"), st.integers(1, 3))
def test_any_lines_are_read_as_the_parser_reads_them_or_left_to_it(text: str, first_line: int) -> None:
    _same_or_silent(text, first_line)


@given(_trees())
def test_texts_nearly_in_the_plain_form_too(text: str) -> None:
    _same_or_silent(text)
    _same_or_silent("# 示例\n" + text)


@given(st.text())
def test_whatever_else_stands_there_too(text: str) -> None:
    _same_or_silent(text)
    _same_or_silent(f"甲: {text}\n")
    _same_or_silent(f"甲:\n  - {text}\n  - 乙\n")
    _same_or_silent(f'甲: "{text}"\n乙: 丙\n')
    _same_or_silent(f"甲: |\n  {text}\n乙: 丙\n")


@pytest.mark.parametrize("path", sorted(PLAN.glob("*.yaml")), ids=lambda path: path.name)
def test_the_plan_is_read_without_the_parser(path: Path) -> None:
    assert _same_or_silent(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "甲: 乙\n甲: 丙\n",
        "甲:\n",
        "甲:\n- 乙\n",
        "甲: 乙 # 注\n",
        "甲: 乙\n  丙\n",
        "甲: |\n\n  乙\n",
        "甲: >\n  乙\n",
        "甲: 乙",
    ],
)
def test_what_departs_from_the_plain_form_is_left_to_the_parser(text: str) -> None:
    assert not _same_or_silent(text)

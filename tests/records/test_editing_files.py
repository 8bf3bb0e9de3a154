"""Changing a key of a file that people write too changes the lines of that key, and no others."""

from __future__ import annotations

import difflib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.domain.model.measure import Completeness, Item, Measure
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.unit import Unit, UnitRegister
from fazhi_tui.records.reader import read_text
from fazhi_tui.records.yaml.editor import edit
from fazhi_tui.records.yaml.emitter import dump
from tests.conftest import REPOSITORY
from tests.records import strategies

#: Written by a person: comments, blank lines, odd indents and quotes, a key of their own.
BY_HAND = """\
# 示例：手写的文件
# yaml-language-server: $schema=schema/measure.schema.json

编号:   '28'   # 单引号，三个空格
标题: 持续深化   # 标题的注
章: "二、主要任务"

# 单位
牵头单位:
    - 市司法局  # 牵头
    # 缩进的注
    - "市委编办"

参加单位: [甲, '乙', "丙"]   # 一行写完
自定: {a: 1, b: [2, 3]}
事项:
- 编号: "28.1"
  内容: 基本形成
  # 截止日期的注
  截止: 2022-12-31
  备注: 事项里自己加的键
- 编号: "28.2"
  内容: |-
    一行
    两行

正文: |  # 正文的注
   第一句。
   第二句。

   # 这一行是正文
   第三句。

# 末尾的注
校勘:
"""


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def edited(*path: str | int, to: object, text: str = BY_HAND) -> list[str]:
    return changed_lines(text, edit(text, {path: to}))


Keys = tuple[str | int, ...]


@pytest.mark.parametrize(
    ("path", "to", "lines"),
    [
        (("编号",), "29", ["-编号:   '28'   # 单引号，三个空格", "+编号:   '29'   # 单引号，三个空格"]),
        (("标题",), "加: 强", ["-标题: 持续深化   # 标题的注", '+标题: "加: 强"   # 标题的注']),
        (("标题",), None, ["-标题: 持续深化   # 标题的注"]),
        (("牵头单位", 0), "市财政局", ["-    - 市司法局  # 牵头", "+    - 市财政局  # 牵头"]),
        (("牵头单位", 2), "市财政局", ["+    - 市财政局"]),
        (("牵头单位", 0), None, ["-    - 市司法局  # 牵头"]),
        (("牵头单位",), ("市司法局", "新", "市委编办"), ["+    - 新"]),
        (
            ("参加单位", 1),
            "a, b",
            [
                """-参加单位: [甲, '乙', "丙"]   # 一行写完""",
                """+参加单位: [甲, "a, b", 丙]   # 一行写完""",
            ],
        ),
        (("事项", 0, "截止"), date(2023, 1, 1), ["-  截止: 2022-12-31", "+  截止: 2023-01-01"]),
        (("事项", 0, "数量"), 3, ["+  数量: 3"]),
        (("事项", 1, "截止"), date(2023, 1, 1), ["+  截止: 2023-01-01"]),
        (("事项", 1, "内容"), "一行\n三行", ["-    两行", "+    三行"]),
        (("事项", 2), Item("28.3", "新"), ['+- 编号: "28.3"', "+  内容: 新"]),
        (
            ("正文",),
            "第一句。\n改过。\n\n# 这一行是正文\n第三句。",
            ["-   第二句。", "+   改过。"],
        ),
        (("节",), "（六）", ["+节: （六）"]),
        (("校勘",), ("补",), ["+  - 补"]),
        (("校勘", 0), "补", ["+  - 补"]),
        (("完整性",), Completeness.DAMAGED, ["+完整性: 残缺"]),
        (("按职责分工",), True, ["+按职责分工: true"]),
        (("自定", "a"), 2, ["-自定: {a: 1, b: [2, 3]}", "+自定: {a: 2, b: [2, 3]}"]),
        (("另一个",), {"甲": 1, "乙": ["丙"]}, ["+另一个:", "+  甲: 1", "+  乙:", "+    - 丙"]),
    ],
)
def test_touching_one_key_changes_its_lines_alone(path: Keys, to: object, lines: list[str]) -> None:
    found = edited(*path, to=to)
    assert [line[0] + line[2:] for line in found] == lines


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("编号",), "28"),
        (("标题",), "持续深化"),
        (("牵头单位",), ("市司法局", "市委编办")),
        (("参加单位",), ("甲", "乙", "丙")),
        (("事项", 0, "截止"), date(2022, 12, 31)),
        (("事项", 0), Item("28.1", "基本形成", due=date(2022, 12, 31))),
        (("校勘",), ()),
        (("校勘",), None),
        (("没有的键",), None),
        (("完整性",), Completeness.WHOLE),
        (("按职责分工",), False),
        (("牵头单位", 2), None),
    ],
)
def test_saying_what_is_there_already_changes_nothing(path: Keys, to: object) -> None:
    wanted = BY_HAND.removesuffix("校勘:\n") if to is None and path == ("校勘",) else BY_HAND
    assert edit(BY_HAND, {path: to}) == wanted


def test_a_whole_measure_put_over_its_file_keeps_comments_and_keys_of_ones_own() -> None:
    measure, _, _ = read_text(Measure, BY_HAND, "plan/28.yaml")
    assert measure is not None
    assert edit(BY_HAND, {(): measure}) == BY_HAND


def test_elements_keep_their_own_keys_when_the_list_is_set_anew() -> None:
    items = (Item("28.9", "新"), Item("28.2", "一行\n两行"), Item("28.1", "改过", due=date(2022, 12, 31)))
    text = edit(BY_HAND, {("事项",): items})
    measure, _, _ = read_text(Measure, text, "plan/28.yaml")
    assert measure is not None
    assert measure.items == items
    assert "备注: 事项里自己加的键" in text


def test_windows_line_breaks_and_a_byte_order_mark_stay_as_they_are() -> None:
    text = "\ufeff" + BY_HAND.replace("\n", "\r\n")
    changed = edit(text, {("标题",): "新", ("节",): "（六）", ("正文",): "甲。\n乙。"})
    assert changed.startswith("\ufeff# 示例")
    assert changed.count("\n") == changed.count("\r\n")
    assert "标题: 新   # 标题的注\r\n" in changed


def test_a_file_without_a_last_line_break_takes_a_new_key() -> None:
    assert edit('编号: "1"', {("标题",): "新"}) == '编号: "1"\n标题: 新'


def test_an_empty_file_or_one_of_comments_takes_a_first_key() -> None:
    assert edit("# 注\n", {("编号",): "1"}) == '# 注\n编号: "1"\n'
    assert edit("", {("编号",): "1"}) == '编号: "1"\n'


def test_a_new_key_goes_where_the_models_order_has_it() -> None:
    text = "# 头\n标题: 甲\n正文: |\n  乙。\n"
    changed = edit(text, {("编号",): "1", ("校勘",): ("丙",), ("责任单位",): ("丁",)})
    assert changed == '# 头\n编号: "1"\n标题: 甲\n责任单位:\n  - 丁\n正文: |\n  乙。\n校勘:\n  - 丙\n'


def test_settings_and_units_are_edited_the_same_way() -> None:
    plan = "标题: 示例\n期间: {起: 2022-01-01, 止: 2025-12-31}\n设置:\n  预警天数: 30  # 天\n"
    assert edited("设置", "预警天数", to=45, text=plan) == [
        "-   预警天数: 30  # 天",
        "+   预警天数: 45  # 天",
    ]
    assert edited("设置", to=Settings(coordinator="市委依法治市办", warn_days=30), text=plan) == [
        "+   统筹单位: 市委依法治市办"
    ]
    assert edited("期间", "止", to=date(2026, 12, 31), text=plan)[1] == (
        "+ 期间: {起: 2022-01-01, 止: 2026-12-31}"
    )
    units = "单位:\n  - 名称: 市司法局\n  - 名称: 市财政局  # 注\n"
    assert edited("单位", 0, "别名", to=("司法局",), text=units) == ["+     别名:", "+       - 司法局"]
    assert edited("单位", 2, to=Unit("市教育局", pinyin="shi jiao yu ju"), text=units) == [
        "+   - 名称: 市教育局",
        "+     拼音: shi jiao yu ju",
    ]


@pytest.mark.parametrize(
    ("text", "path", "to"),
    [
        ("- 1\n- 2\n", ("编号",), "1"),
        ("编号: 1\n编号: 2\n", ("标题",), "新"),
        ("编号：1\n标题: a\n", ("标题",), "新"),
        (BY_HAND, ("标题", "下级"), "新"),
        (BY_HAND, ("牵头单位", 7), "新"),
        (BY_HAND, ("章", 0), "新"),
    ],
)
def test_what_cannot_be_changed_is_refused_in_chinese(text: str, path: Keys, to: object) -> None:
    with pytest.raises(RepositoryError) as refused:
        edit(text, {path: to})
    assert refused.value.message
    assert refused.value.hint


def test_a_value_that_yaml_cannot_hold_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError):
        edit(BY_HAND, {("标题",): object()})


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (REPOSITORY / "plan").glob("*.yaml")), ids=lambda name: name[:-5]
)
def test_loading_and_saving_each_of_the_plans_files_unchanged_changes_no_byte(name: str) -> None:
    text = (REPOSITORY / "plan" / name).read_bytes().decode()
    cls = {"plan.yaml": Plan, "units.yaml": UnitRegister}.get(name, Measure)
    value, _, _ = read_text(cls, text, f"plan/{name}")
    assert edit(text, {}) == text
    assert edit(text, {(): value}) == text


# ------------------------------------------------------------------ generated documents

comments = st.sampled_from(["", "", "\n", "# 注\n", "\n# 注: 有冒号\n\n"])
tails = st.sampled_from(["", "", "  # 尾注", " # a: b"])


@st.composite
def entries(draw: st.DrawFn, key: str) -> str:
    """One key with a value in one of the many ways to write it."""
    word = draw(st.sampled_from(["甲", "乙。", "2022", "a b", "https://example.org/#x", "《丙》"]))
    tail = draw(tails)
    gap = draw(st.sampled_from([" ", "   "]))
    shape = draw(
        st.sampled_from(
            [
                f"{key}:{gap}{word}{tail}\n",
                f"{key}:{gap}'{word}'{tail}\n  # 缩进的注\n",
                f'{key}:{gap}"{word}"{tail}\n',
                f"{key}:{tail}\n",
                f"{key}: |{tail}\n  {word}\n\n  {word}\n",
                f"{key}: |-\n     {word}\n     {word}\n",
                f"{key}: >-\n  {word}\n  {word}\n",
                f"{key}: 甲\n  乙{tail}\n",
                f'{key}: ["{word}", "{word}"]{tail}\n',
                f"{key}:{tail}\n  - {word}{tail}\n  # 列表里的注\n  - '{word}'\n",
                f"{key}:\n- {word}\n- a: {word}{tail}\n  b: 2\n",
                f"{key}:\n  子: {word}{tail}\n\n  另: 1\n",
            ]
        )
    )
    return draw(comments) + shape


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    keys = draw(
        st.lists(
            st.sampled_from(["编号", "标题", "章", "节", "正文", "校勘", "自定", "b c"]),
            min_size=1,
            unique=True,
        )
    )
    return keys, [draw(entries(key)) for key in keys]


@settings(max_examples=300)
@given(documents(), st.data())
def test_in_any_document_only_the_touched_keys_part_of_the_text_changes(
    document: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    keys, parts = document
    text = "".join(parts)
    place = data.draw(st.integers(0, len(keys) - 1))
    value = data.draw(
        st.one_of(
            strategies.filled,
            st.lists(strategies.filled, min_size=1, max_size=3),
            st.integers(1, 99),
            st.dates(),
            st.none(),
        )
    )
    changed = edit(text, {(keys[place],): value})
    before, after = "".join(parts[:place]), "".join(parts[place + 1 :])
    assert changed.startswith(before)
    assert changed.endswith(after)
    for comment in ("# 注\n", "# 注: 有冒号\n"):
        assert changed.count(comment) == text.count(comment)


@given(documents(), strategies.filled)
def test_in_any_document_a_new_key_adds_lines_and_changes_none(
    document: tuple[list[str], list[str]], value: str
) -> None:
    _, parts = document
    text = "".join(parts)
    changed = edit(text, {("责任单位",): (value,)})
    assert {line[0] for line in difflib.ndiff(text.splitlines(), changed.splitlines())} <= {"+", " "}
    assert changed.count("\n") == text.count("\n") + 2


@given(strategies.measures, strategies.measures)
def test_any_measure_can_be_put_over_any_other(one: Measure, other: Measure) -> None:
    changed = edit(dump(one), {(): other})
    value, problems, _ = read_text(Measure, changed, "plan/x.yaml")
    assert problems == []
    assert value == other

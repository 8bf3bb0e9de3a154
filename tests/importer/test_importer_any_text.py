"""Any text at all gives a plan or a clear error, and no character goes astray."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert, render
from fazhi_tui.importer.result import LogKind
from fazhi_tui.importer.text.source_map import INSERTED

PIECES = st.sampled_from(
    [
        "\n",
        "\n",
        "\n",
        "一、",
        "二、",
        "（一）",
        "（二）",
        "1.",
        "2．",
        "２、",
        "9.",
        ".",
        "（1）",
        "第一条",
        "第二章",
        "总体要求",
        "保障措施",
        "附件",
        "附件：",
        "抄送：",
        "2023年3月1日",
        "示例市示例方案（2023—2025年）",
        "关于印发示例方案的通知",
        "优化示例",
        "。",
        "；",
        "，",
        "、",
        "：",
        "（",
        "）",
        "〔",
        "〕",
        "“",
        "”",
        "《",
        "牵头单位",
        "责任单位：",
        "配合单位：",
        "牵头",
        "负责",
        "按职责分工负责",
        "等部门",
        "会同有关部门",
        "市示例局",
        "省样本厅",
        "各县（市、区）人民政府",
        "列第一位者为牵头单位，下同",
        "每年",
        "2024年底前",
        "6月底前",
        "不少于100名",
        "达到95%以上",
        "30日内",
        "—9—",
        "第 9 页 共 20 页",
        " ",
        "\t",
        "\u3000",
        "\ufeff",
        "\r",
        "\x0b",
        "[/]",
        "𠮷",
        "٣",
        "²",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_gives_a_plan_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(FazhiError):
        imported = convert(f"示例方案（2023—2025年）\n{text}".encode("utf-8", "replace"), Corrections())
        render(imported)
        ids = [measure.id for measure in imported.measures]
        assert len(ids) == len(set(ids))
        offsets = sorted(
            offset
            for part in (
                *(placed.text for placed in imported.placed),
                *(entry.what for entry in imported.log if entry.kind is LogKind.LEFT_OUT),
            )
            for offset in part.origin
            if offset != INSERTED
        )
        assert offsets == list(range(len(imported.document.text)))

"""A tracker of a few measures on disk, sound in every respect, to be spoilt by each test."""

from __future__ import annotations

from pathlib import Path

import pytest

PLAN = """\
标题: 示例方案
期间:
  起: 2022-01-01
  止: 2025-12-31
章节:
  - 标题: 一、任务
    节:
      - （一）体系
      - （二）制度
缺失:
  - 编号: "2"
    说明: 示例：脱页。
设置:
  统筹单位: 市委依法治市办
"""
UNITS = """\
单位:
  - 名称: 市司法局
    别名:
      - 司法局
    拼音: shi si fa ju
  - 名称: 市财政局
    拼音: shi cai zheng ju
  - 名称: 市委依法治市办
    拼音: shi wei yi fa zhi shi ban
  - 名称: 各县（市、区）人民政府
    类别: 集合
    拼音: ge xian shi qu ren min zheng fu
"""
FIRST = """\
编号: "1"
标题: 示例措施
章: 一、任务
节: （一）体系
牵头单位:
  - 市司法局
参加单位:
  - 各县（市、区）人民政府
事项:
  - 编号: "1.1"
    内容: 示例事项
    截止: 2022-12-31
  - 编号: "1.2"
    内容: 开展培训
    周期: 每年
    数量: 1
    计量单位: 次
正文: |
  第一句。
  第二句，说“一句。两句”的事。
"""
THIRD = """\
编号: "3"
章: 一、任务
节: （二）制度
责任单位:
  - 市财政局
正文: |
  示例正文。
"""
NOTE = """\
---
措施: "1"
事项: "1.1"
单位: 市司法局
填报人: 示例填报人 <example@example.org>
时间: 2022-06-01T09:00:00+08:00
类型: 进展
原状态: 未启动
状态: 推进中
---
示例：已启动。
"""
NOTE_PATH = "status/01/20220601T090000-ssfj-0001.md"


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    root = tmp_path / "tracker"
    for path, text in {
        "plan/plan.yaml": PLAN,
        "plan/units.yaml": UNITS,
        "plan/01.yaml": FIRST,
        "plan/03.yaml": THIRD,
        NOTE_PATH: NOTE,
        "status/README.md": "示例\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root

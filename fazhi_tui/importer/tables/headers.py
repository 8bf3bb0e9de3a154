"""What the columns of a task table (任务分解表, 台账) hold, told by the words of its header.

A new word for a column is one entry of :data:`HEADERS` and one row of the tests.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fazhi_tui.domain.model.measure import Role
from fazhi_tui.importer.document import Cell


class Column(StrEnum):
    """What one column tells of a task."""

    NUMBER = "序号"
    GROUP = "类别"
    TASK = "任务"
    TARGET = "目标"
    LEAD = "牵头单位"
    PARTICIPANT = "参加单位"
    RESPONSIBLE = "责任单位"
    TIME = "完成时限"
    PROGRESS = "进展情况"
    PERCENT = "进度"
    STATE = "状态"
    DAY = "填报时间"
    FILED_BY = "填报单位"
    REMARK = "备注"
    OTHER = "其他"


_PERCENT_SIGN = r"(?:[（(]?[%％][）)]?)?"

_HEADER_WORDS = (
    (Column.NUMBER, r"(?:任务|措施|事项|工作|分)?(?:序号|编号|项号)|项次|号|序|No\.?"),
    (Column.OTHER, r".*(?:领导|责任人|负责人|联系人|联络员|经办人|填报人|填表人|电话|手机|签字)"),
    (Column.FILED_BY, r"(?:填报|报送|填表|上报)(?:单位|部门)"),
    (Column.DAY, r"(?:进展)?(?:填报|更新|报送|填表|统计|上报|汇报|反馈)(?:时间|日期)"),
    (Column.PERCENT, rf"(?:(?:完成|任务|工作|总体|当前|目前)*(?:进度|比例|率|百分比)){_PERCENT_SIGN}"),
    (Column.STATE, r"(?:当前|目前|任务|工作|完成|办理|推进)*状态|是否(?:已)?(?:完成|办结|销号)"),
    (
        Column.TIME,
        (
            r"(?:计划|要求|拟|应|任务|工作|完成|办理|整改|实施|推进|落实|预计|预期|阶段|序时)*"
            r"(?:时限|期限|时间|时间节点|时间进度|时间安排|时间要求|时限要求|进度安排|进度要求|节点|截止(?:时间|日期)|日期|起止时间|年度|年限)(?:要求|安排|节点)?"
        ),
    ),
    (
        Column.PROGRESS,
        r".{0,24}?(?:(?:进展|完成|落实|推进|执行|办理|整改|开展|工作)(?:的)?(?:情况|进展|状况|进度)|进展|实施情况|工作成效|实际进度)",
    ),
    (
        Column.LEAD,
        r"(?:责任)?(?:牵头|主办|主责|第一责任|主要责任|总牵头)(?:责任|负责|实施)?(?:单位|部门|处室|科室|机构|主体)?(?:[及和、]?责任单位)?",
    ),
    (
        Column.PARTICIPANT,
        r"(?:责任)?(?:配合|参加|参与|协办|协同|协助|协作|会办|共同)(?:责任|配合)?(?:单位|部门|处室|科室|机构)?",
    ),
    (
        Column.RESPONSIBLE,
        r"(?:具体|主要|任务)?(?:责任|落实|承办|实施|负责|主管|分工|完成|承担|任务|工作)(?:责任)?(?:单位|部门|主体|处室|科室|机构|股室)(?:分工)?|责任分工|分工|单位|部门|职责分工",
    ),
    (Column.REMARK, r"备注|说明|注|附注|备考"),
    (Column.TASK, r"(?:年度|工作|重点|主要)*目标任务(?:分解)?"),
    (
        Column.TARGET,
        r"(?:工作|年度|量化|主要|预期|阶段性?|绩效|任务|建设|考核|具体|总体|完成)*(?:目标|指标|成果|成效|标准)(?:要求|任务|形式|标志|值|成果)?|(?:可检验)?成果(?:形式)?",
    ),
    (
        Column.GROUP,
        r"(?:任务|工作|项目|措施|事项|指标)?(?:类别|分类|领域|类型|板块|方面|专题|维度)|一级(?:任务|指标|目录)|大项|章节|部分|目标任务类别",
    ),
    (
        Column.TASK,
        (
            r"(?:二级|三级|具体|工作|重点|主要|推进|落实|实施|改革|建设|任务|目标|年度|创建|整改|推动|分解|保障|政策|细化)*"
            r"(?:任务|措施|举措|内容|要求|事项|做法|要点|项目|工作|清单|条款)(?:名称|内容|分解|措施|事项|要求|举措)?(?:[及和与、](?:任务|措施|举措|内容|要求|目标))?"
        ),
    ),
)
HEADERS = tuple((column, re.compile(words, re.IGNORECASE)) for column, words in _HEADER_WORDS)
"""Which words head which column; the first entry that fits the whole of a header counts."""

ROLES = {
    Column.LEAD: Role.LEAD,
    Column.PARTICIPANT: Role.PARTICIPANT,
    Column.RESPONSIBLE: Role.RESPONSIBLE,
}
"""The columns of units, and the role of the names in them."""

TASK_COLUMNS = (Column.TASK, Column.GROUP)
"""The columns whose words are the task's own, groups that head several tasks apart."""

_LONGEST_HEADER = 26
_REMARK = re.compile(r"[（(〔][^（）()〔〕]*[）)〕]")
_BLANKS = re.compile(r"[\s\u3000\u00a0]+")
_TELLING = {*ROLES, Column.TIME, Column.PROGRESS}


@dataclass(frozen=True, slots=True)
class Headed:
    """One column: what it holds, and the words at its head (of both rows, if there are two)."""

    column: Column
    words: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its columns, and the number of rows that it takes."""

    columns: tuple[Headed, ...]
    height: int

    def named(self, column: Column) -> list[int]:
        """The places of the columns that hold this."""
        return [index for index, headed in enumerate(self.columns) if headed.column is column]


def column_of(words: str) -> Column | None:
    """What a header's words say that the column holds; None for words that head no column known here."""
    plain = _BLANKS.sub("", words)
    for text in (_REMARK.sub("", plain), plain):
        if 0 < len(text) <= _LONGEST_HEADER:
            for column, pattern in HEADERS:
                if pattern.fullmatch(text):
                    return column
    return None


def read_header(rows: Sequence[Sequence[Cell]]) -> Header | None:
    """The header that begins with the first of these rows; None if that row is none.

    A header names a task and, beside it, units, a time or progress, in cells of their own; a second row
    belongs to it where it divides merged cells of the first.
    """
    first = rows[0]
    upper = [column_of(cell.text) for cell in first]
    lower = _below(first, rows[1]) if len(rows) > 1 else None
    apart = {cell.start for cell in first if cell.text}
    known = {column for column in upper if column}
    if len(apart) < 2 or sum(len(cell.text) > _LONGEST_HEADER * 2 for cell in first):
        return None
    if not known & _TELLING and lower is not None:
        known |= {column for cell in lower if (column := column_of(cell.text))}
    if not known & _TELLING or not known & {Column.TASK, Column.TARGET, Column.GROUP}:
        return None
    columns: list[Headed] = []
    for index, cell in enumerate(first):
        column, words = upper[index], cell.text
        if lower is not None and lower[index].text and lower[index].start != cell.start:
            words = f"{words}{lower[index].text}"
            column = column_of(lower[index].text) or column
        columns.append(Headed(column or Column.OTHER, _BLANKS.sub("", words)))
    return Header(_with_task(columns), 1 if lower is None else 2)


def _with_task(columns: Sequence[Headed]) -> tuple[Headed, ...]:
    """The columns; where none is the task, 目标任务 or 类别 beside the units is."""
    for wanted in (Column.TASK, Column.TARGET, Column.GROUP):
        places = [index for index, headed in enumerate(columns) if headed.column is wanted]
        if places:
            at = len(columns) if wanted is Column.TASK else places[-1]
            task = (Headed(Column.TASK, headed.words) for headed in columns[at : at + 1])
            return (*columns[:at], *task, *columns[at + 1 :])
    return tuple(columns)


def _below(first: Sequence[Cell], second: Sequence[Cell]) -> Sequence[Cell] | None:
    """The second row of a header, or None: it has words only below cells that are merged or left empty."""
    own = [index for index, cell in enumerate(second) if cell.text and not cell.continued]
    if not own or any(len(second[index].text) > _LONGEST_HEADER or not _wide(first, index) for index in own):
        return None
    above = {column_of(_over(first, index)) for index in own}
    named = all(column_of(second[index].text) is not None for index in own)
    return second if named or above <= {Column.PROGRESS, Column.TIME} else None


def _wide(first: Sequence[Cell], index: int) -> bool:
    """Whether the cell above is one of several columns, or empty beside one."""
    cell = first[index]
    for other in (*first[max(index - 1, 0) : index], *first[index + 1 : index + 2]):
        if other.start == cell.start and (cell.continued or (cell.text and other.continued)):
            return True
    return not cell.text or (index + 1 < len(first) and not first[index + 1].text)


def _over(first: Sequence[Cell], index: int) -> str:
    while index and not first[index].text:
        index -= 1
    return first[index].text

"""Notes, their kinds, and the statuses that they write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.measure import ITEM_ID, MEASURE_ID


class Status(StrEnum):
    """Where a measure stands; folded from its notes, never stored by itself."""

    NOT_STARTED = "未启动"
    IN_PROGRESS = "推进中"
    ONGOING = "长期坚持"
    PENDING_REVIEW = "待审核"
    DONE = "已完成"
    SUSPENDED = "已中止"


class NoteKind(StrEnum):
    """What a note does; what each may do to the status is the table in ``domain/workflow/kinds.py``."""

    PROGRESS = "进展"
    REQUEST_CLOSE = "申请办结"
    CLOSE = "办结"
    RETURN = "退回"
    REQUEST_EXTENSION = "申请延期"
    GRANT_EXTENSION = "同意延期"
    REFUSE_EXTENSION = "不同意延期"
    URGE = "催办"
    INSTRUCTION = "批示"
    SETTLEMENT = "协调"
    CONFIRMATION = "认定"
    CORRECTION = "更正"


#: Who files the notes that an import makes of a table: no person.
IMPORTER = "导入 <import@localhost.invalid>"


@dataclass(frozen=True, slots=True)
class Note:
    """One report: who, when, what, and what it changes; one file, never edited.

    ``path`` and ``id`` come from where the file lies; the rest from its front matter and body.
    """

    measure: str = keyed("措施", "措施编号。须加引号。", pattern=MEASURE_ID)
    item: str | None = keyed(
        "事项", "事项编号，只报其中一项时写。须加引号。", default=None, kw_only=True, pattern=ITEM_ID
    )
    occurrence: str | None = keyed(
        "期", "周期性事项的哪一期，如 2023年；不写则按填报之日。", default=None, kw_only=True
    )
    unit: str = keyed("单位", "填报单位，用规范名称。", minLength=1)
    author: str = keyed("填报人", "姓名 <邮箱>。", minLength=1)
    time: datetime = keyed("时间", "填报时间，带时区，如 2022-12-20T15:30:00+08:00。")
    kind: NoteKind = keyed("类型", "这条进展的类型。", default=NoteKind.PROGRESS)
    status_before: Status | None = keyed("原状态", "填报时所见的状态。", default=None)
    status: Status | None = keyed("状态", "填报后的状态；不改变状态时不写。", default=None)
    progress: int | None = keyed("进度", "完成的百分比，0 至 100。", default=None, minimum=0, maximum=100)
    quantity: int | None = keyed("数量", "本次完成的数量，用于有数量的事项。", default=None, minimum=0)
    new_due: date | None = keyed("延期至", "申请或同意延到的日期。", default=None)
    completed: date | None = keyed(
        "完成日期", "实际完成的日期，早于填报时写；经统筹单位办结或认定后算数。", default=None
    )
    filed_by: str | None = keyed("代填", "替填报单位填写的单位。", default=None)
    target: str | None = keyed("对象", "催办的是哪个单位；不写则催办本措施应报送的各单位。", default=None)
    number: str | None = keyed("文号", "催办单的文号。", default=None)
    reply_by: date | None = keyed("答复期限", "要求在哪一天以前答复。", default=None)
    level: str | None = keyed("级别", "催办的级别，如 特急、加急。", default=None)
    source: str | None = keyed("来源", "从交回的表格导入的，写文件名、工作表和行。", default=None)
    corrects: str | None = keyed("更正", "被更正的那条进展的文件名（不含 .md）。", default=None)
    evidence: tuple[str, ...] = keyed("佐证", "佐证材料，相对于本措施的 status 目录。", default=())
    digests: tuple[str, ...] = keyed(
        "佐证校验", "各佐证材料的 sha256，次序与 佐证 相同。", default=(), pattern="^[0-9a-f]{64}$"
    )
    body: str = ""
    path: str = ""

    @property
    def id(self) -> str:
        """The file's name without ``.md``, e.g. ``20221220T153000-sfj-3f9a``."""
        return self.path.rsplit("/", 1)[-1].removesuffix(".md")

    @property
    def first_line(self) -> str:
        """The first line of the body that says something, or an empty string."""
        return next((line.strip() for line in self.body.splitlines() if line.strip()), "")

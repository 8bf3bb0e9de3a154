"""What things are: frozen values with no I/O.

Every dataclass that lies on disk names, in each field's metadata, the Chinese key it has in the
files.  That one table serves the reader, the writer, the JSON Schema and ``--json``; no second
list of keys exists anywhere (see :func:`keyed`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


def keyed(
    key: str,
    doc: str,
    *,
    default: Any = dataclasses.MISSING,
    block: bool = False,
    kw_only: bool = False,
    **schema: Any,
) -> Any:
    """A dataclass field that lies on disk under ``key``.

    ``doc`` is the Chinese description that goes into the JSON Schema and editor hovers.
    A field without ``default`` is required.  ``block`` asks for a literal block scalar
    (one sentence a line).  ``kw_only`` lets a field with a default stand before required ones: the
    order of fields is the order in the files.  Further keywords (``pattern``, ``minimum`` …) go to the
    schema as they are.
    """
    return field(
        default=default,
        kw_only=kw_only,
        metadata={"key": key, "doc": doc, "block": block, "schema": schema},
    )


# Six digits hold any plan; longer ones are a slip, and int() refuses thousands of them.
MEASURE_ID = r"^[1-9][0-9]{0,5}(-[1-9][0-9]{0,5}){0,3}$"
ITEM_ID = r"^[1-9][0-9]{0,5}(-[1-9][0-9]{0,5}){0,3}\.[1-9][0-9]{0,5}$"


class Role(StrEnum):
    """In what role a unit stands in a measure, as the document says."""

    LEAD = "牵头"
    PARTICIPANT = "参加"
    RESPONSIBLE = "责任"


class Status(StrEnum):
    """Where a measure stands; folded from its notes, never stored by itself."""

    NOT_STARTED = "未启动"
    IN_PROGRESS = "推进中"
    ONGOING = "长期坚持"
    PENDING_REVIEW = "待审核"
    DONE = "已完成"
    SUSPENDED = "已中止"


class NoteKind(StrEnum):
    """What a note does; what each may do to the status is the table in ``workflow.py``."""

    PROGRESS = "进展"
    REQUEST_CLOSE = "申请办结"
    CLOSE = "办结"
    RETURN = "退回"
    REQUEST_EXTENSION = "申请延期"
    GRANT_EXTENSION = "同意延期"
    URGE = "催办"
    INSTRUCTION = "批示"
    CORRECTION = "更正"


class Light(StrEnum):
    """Derived from status, deadline, last report and ``today``; never stored.

    未报 stands where the light would be green but the last period's report is missing.
    """

    GREEN = "绿"
    UNREPORTED = "未报"
    YELLOW = "黄"
    RED = "红"


class Completeness(StrEnum):
    """How much of a measure the source still has."""

    WHOLE = "完整"
    DAMAGED = "残缺"
    MISSING = "缺失"


class UnitKind(StrEnum):
    """A body of its own, or a collective name such as 市政府各委办局."""

    BODY = "单位"
    COLLECTIVE = "集合"


class Period(StrEnum):
    """How often a recurring item is owed."""

    MONTHLY = "每月"
    QUARTERLY = "每季度"
    HALF_YEARLY = "每半年"
    YEARLY = "每年"
    TWO_YEARLY = "每2年"
    TERM = "任期内"


# ------------------------------------------------------------------ the plan's files


@dataclass(frozen=True, slots=True)
class Item:
    """A dated, recurring or counted obligation inside a measure, e.g. 28.1."""

    id: str = keyed("编号", "事项编号：措施编号、点、序号，如 28.1。须加引号。", pattern=ITEM_ID)
    content: str = keyed("内容", "要做到什么。", minLength=1)
    due: date | None = keyed("截止", "原文写明的截止日期，年-月-日。", default=None)
    period: Period | None = keyed("周期", "周期性事项多久一次。", default=None)
    quantity: int | None = keyed("数量", "每个周期（或到截止日）至少要达到的数。", default=None, minimum=1)
    measure_word: str | None = keyed("计量单位", "数量的单位，如 次、期、学时。", default=None)
    source: str = keyed("原文", "方案里写明这一事项的原句。", default="")


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Measure:
    """One numbered article of the plan; one file ``plan/NN.yaml``."""

    id: str = keyed("编号", "措施编号，即方案中的条号。须加引号。", pattern=MEASURE_ID)
    title: str | None = keyed("标题", "措施标题；原文标题缺失时不写。", default=None)
    chapter: str = keyed("章", "所属的章，须与 plan.yaml 中的章一致。", default="")
    section: str | None = keyed("节", "所属的节，须与 plan.yaml 中的节一致。", default=None)
    leads: tuple[str, ...] = keyed("牵头单位", "牵头单位，按原文顺序。", default=())
    participants: tuple[str, ...] = keyed("参加单位", "参加单位，按原文顺序。", default=())
    responsible: tuple[str, ...] = keyed("责任单位", "责任单位，按原文顺序。", default=())
    by_duties: bool = keyed("按职责分工", "原文写明“按职责分工负责”。", default=False)
    open_list: bool = keyed("等部门", "原文以“等部门”收尾，名单未列尽。", default=False)
    items: tuple[Item, ...] = keyed("事项", "有期限、有周期或有数量的事项。", default=())
    text: str = keyed("正文", "措施正文，一句一行。", default="", block=True)
    printed_id: str | None = keyed("原文编号", "原文印的编号，与推定编号不同时才写。须加引号。", default=None)
    completeness: Completeness = keyed("完整性", "原文是否完整；完整时不写。", default=Completeness.WHOLE)
    remarks: tuple[str, ...] = keyed("校勘", "与原文的出入、存疑之处及理由。", default=())

    @property
    def stem(self) -> str:
        """The name of the measure's file and of its folder in ``status/``: ``01``, ``28``, ``2-3``."""
        return self.id.zfill(2)

    @property
    def display_title(self) -> str:
        """The title, or a bracketed remark where the source lost it."""
        return self.title or "（标题缺失）"

    @property
    def joined_text(self) -> str:
        """The text as it is read: the sentence-a-line of the file joined again."""
        return self.text.replace("\n", "")

    def units(self, role: Role | None = None) -> tuple[str, ...]:
        """The names in one role, or in any, in the document's order and without repeats."""
        by_role = {
            Role.LEAD: self.leads,
            Role.PARTICIPANT: self.participants,
            Role.RESPONSIBLE: self.responsible,
        }
        if role is not None:
            return by_role[role]
        return tuple(dict.fromkeys(name for names in by_role.values() for name in names))


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who reports for a unit."""

    name: str = keyed("姓名", "联络员姓名。")
    email: str = keyed("邮箱", "联络员邮箱，与其 git 的 user.email 一致。")


@dataclass(frozen=True, slots=True)
class Unit:
    """A body with one canonical name, or a collective of bodies."""

    name: str = keyed("名称", "规范名称；措施和进展都用它或它的别名。", minLength=1)
    aliases: tuple[str, ...] = keyed("别名", "同一单位的其他写法。", default=())
    kind: UnitKind = keyed("类别", "单位，或集合（如 市政府各委办局）。", default=UnitKind.BODY)
    pinyin: str = keyed(
        "拼音", "名称的拼音，音节之间空一格；多音字读错时在此改正。", default="", pattern="^[a-zü0-9 ]*$"
    )
    members: tuple[str, ...] = keyed("成员", "集合所含的单位（如已知）。", default=())
    contacts: tuple[Contact, ...] = keyed("联络员", "该单位的联络员（如已知）。", default=())


@dataclass(frozen=True, slots=True)
class UnitRegister:
    """The whole of ``plan/units.yaml``."""

    units: tuple[Unit, ...] = keyed("单位", "全部单位与集合。")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter (章) and the titles of its sections (节), in order."""

    title: str = keyed("标题", "章的标题，如 二、主要任务和具体措施。")
    sections: tuple[str, ...] = keyed("节", "章下各节的标题，按顺序。", default=())


@dataclass(frozen=True, slots=True)
class Span:
    """The plan's first and last day, both included."""

    start: date = keyed("起", "第一天。")
    end: date = keyed("止", "最后一天；没有写明期限的措施以这一天为准（规划期末）。")


@dataclass(frozen=True, slots=True)
class Gap:
    """A measure that the source lost altogether."""

    id: str = keyed("编号", "缺失的措施编号。须加引号。", pattern=MEASURE_ID)
    reason: str = keyed("说明", "为什么断定它存在而原文缺失。")


@dataclass(frozen=True, slots=True)
class LightNames:
    """What a city calls the lights; the words of the files and of ``--json`` stay the standard ones."""

    red: str = keyed("红", "红灯的叫法。", default="红", minLength=1, maxLength=4)
    yellow: str = keyed("黄", "黄灯的叫法。", default="黄", minLength=1, maxLength=4)
    green: str = keyed("绿", "绿灯的叫法。", default="绿", minLength=1, maxLength=4)
    unreported: str = keyed("未报", "缺了上一期报送的叫法。", default="未报", minLength=1, maxLength=4)

    def of(self, light: Light) -> str:
        """The name of one light."""
        return {
            Light.RED: self.red,
            Light.YELLOW: self.yellow,
            Light.GREEN: self.green,
            Light.UNREPORTED: self.unreported,
        }[light]


#: 每月25日: a period ends on the 25th of its last month; without a day, on that month's last.
RHYTHM = r"^(每月|每季度|每半年|每年)(([1-9]|[12][0-9]|3[01])日)?$"


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs from city to city, with defaults (DESIGN.md, section 2)."""

    coordinator: str = keyed(
        "统筹单位", "统筹协调单位：办结、退回、同意延期、催办、批示由它作出。", default=""
    )
    former_coordinators: tuple[str, ...] = keyed(
        "历任统筹单位", "以前的统筹单位：它们当时作出的办结、退回等仍然算数。", default=()
    )
    warn_days: int = keyed("预警天数", "距截止日多少天以内亮黄灯。", default=30, minimum=0)
    behind_yellow: int = keyed("落后黄灯", "进度落后于时序多少个百分点亮黄灯。", default=10, minimum=0)
    behind_red: int = keyed("落后红灯", "进度落后于时序多少个百分点亮红灯。", default=30, minimum=0)
    start_months: int = keyed("启动月数", "应启动之日起多少个月仍未启动亮红灯。", default=3, minimum=0)
    evidence_limit: int = keyed("佐证上限", "一份佐证材料最大多少 MB。", default=20, minimum=1)
    judge_progress: bool = keyed("按进度亮灯", "是否以填报的进度对照时序亮灯。", default=True)
    close_needs_evidence: bool = keyed(
        "办结须佐证", "办结或它所答复的申请办结是否必须附佐证材料。", default=False
    )
    rhythm: str | None = keyed(
        "报送周期",
        "多久报送一次，如 每月25日、每季度；不写则不查漏报。",
        default=None,
        pattern=RHYTHM,
    )
    must_sign: bool = keyed("须签名", "提交是否必须有可核对的签名（SSH 或 GPG）；审计时检查。", default=False)
    count_members: bool = keyed(
        "集合计入成员", "集合（如 市政府各委办局）所担的措施是否也算作成员单位的。", default=False
    )
    light_names: LightNames = keyed("灯名", "各灯的叫法。", default=LightNames())


@dataclass(frozen=True, slots=True)
class Plan:
    """The document: the whole of ``plan/plan.yaml``."""

    title: str = keyed("标题", "方案全称。", minLength=1)
    period: Span = keyed("期间", "方案的起止日期。")
    issuer: str | None = keyed("印发单位", "印发单位；原文未载时不写。", default=None)
    general: str = keyed("总体要求", "引言与总体要求，一句一行。", default="", block=True)
    chapters: tuple[Chapter, ...] = keyed("章节", "各章及其各节，按顺序。", default=())
    closing: str = keyed("结语", "条文之后的实施要求，一句一行。", default="", block=True)
    gaps: tuple[Gap, ...] = keyed("缺失", "原文缺失的措施。", default=())
    remarks: tuple[str, ...] = keyed("校勘", "与全文有关的校勘。", default=())
    settings: Settings = keyed("设置", "各地不同的规则。", default=Settings())


# ------------------------------------------------------------------ templates


@dataclass(frozen=True, slots=True)
class Template:
    """A common way of writing a note: text with blanks to fill (``【...】``) and facts (``{措施}``)."""

    name: str = keyed("名称", "模板的名称，如 季度进展。", minLength=1, maxLength=30)
    text: str = keyed(
        "内容", "模板的内容：【】里是要填的空；{措施}、{标题}、{单位}、{期}、{日期} 用时自动填上。",
        minLength=1, block=True,
    )  # fmt: skip
    kind: NoteKind | None = keyed("类型", "用于哪一类填报；不写则都可以用。", default=None)


@dataclass(frozen=True, slots=True)
class TemplateRegister:
    """The whole of ``plan/templates.yaml``."""

    templates: tuple[Template, ...] = keyed("模板", "全部模板，按显示的顺序。")


# ------------------------------------------------------------------ saved views


class Shape(StrEnum):
    """As what a saved view shows the measures."""

    LIST = "列表"
    BOARD = "看板"
    TIMELINE = "时间线"
    SUMMARY = "汇总"


#: The columns that a list can have and be sorted by.
COLUMNS = (
    "编号", "标题", "牵头单位", "参加单位", "责任单位", "节", "状态", "进度", "填报", "更新", "时限", "灯",
)  # fmt: skip
#: Stands behind a column's name where its order is turned round.
DESCENDING = "倒序"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query under a name, and how what it keeps is shown."""

    name: str = keyed("名称", "视图的名称，如 红灯。", pattern=r"^\S(.{0,28}\S)?$")
    key: str | None = keyed("键", "打开它的键：一个字符；可以不写。", default=None, pattern=r"^\S$")
    query: str = keyed("筛选", "筛选条件，写法与筛选栏相同；不写则是全部措施。", default="")
    shape: Shape = keyed("形式", "列表、看板、时间线或汇总；不写则是列表。", default=Shape.LIST)
    order: str | None = keyed(
        "排序", "按哪一列排序，如 时限；倒过来写 时限 倒序。", default=None, pattern=rf"^\S+( {DESCENDING})?$"
    )
    columns: tuple[str, ...] = keyed("列", "列表里有哪些列，按顺序；不写则按窗口宽度。", default=())
    about: str = keyed("说明", "这个视图是看什么的。", default="")


@dataclass(frozen=True, slots=True)
class ViewRegister:
    """The whole of ``plan/views.yaml``, and of a person's own file of the same shape."""

    views: tuple[SavedView, ...] = keyed("视图", "全部视图，按显示的顺序。")


# ------------------------------------------------------------------ notes


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


# ------------------------------------------------------------------ problems and results


class Severity(StrEnum):
    """An error makes ``check`` fail; a warning is shown."""

    ERROR = "错误"
    WARNING = "提醒"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the data: a value that travels beside what could be read.

    ``path`` is relative to the repository's root with ``/``; ``line`` and ``column`` count from 1
    and are 0 where the whole file is meant.  ``code`` is a stable ASCII name such as ``duplicate-key``.
    """

    path: str = keyed("文件", "文件")
    line: int = keyed("行", "行号，从 1 起；0 表示整个文件")
    column: int = keyed("列", "列号，从 1 起；0 表示整行")
    code: str = keyed("代码", "问题的代码")
    message: str = keyed("问题", "哪里不对")
    hint: str = keyed("办法", "怎么改", default="")
    severity: Severity = keyed("级别", "错误或提醒", default=Severity.ERROR)

    @property
    def place(self) -> str:
        """``plan/28.yaml:3:1``, as compilers write it, so that editors can jump there."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Tracker:
    """Everything that could be read from one repository, and all that could not.

    ``measures`` is ordered by number.  ``broken`` names the plan files that gave no measure
    (path → guessed number, or "" if none): they are shown as red rows, never left out.
    ``templates`` are the city's own ways of writing notes.
    ``views`` are the saved views that all share.
    ``lines`` maps (path, key path such as ``"事项.0.截止"``) → line, for problems found later.
    """

    root: str
    plan: Plan | None
    units: tuple[Unit, ...]
    measures: tuple[Measure, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    broken: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict, compare=False, repr=False)
    templates: tuple[Template, ...] = ()
    views: tuple[SavedView, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureState:
    """Where one measure stands: the fold over its notes, in order of time.

    ``due`` is the earliest date still open that the document itself writes (after a granted extension),
    ``next_due`` the next thing owed with occurrences and the plan's end included; ``next_label`` says
    says what that is (an item's number and period, or 规划期末).  ``why`` is the sentence of the rule that
    gave the light, ``rule`` its code, ``why_date`` the date that decided and ``why_note`` the note (its id)
    that it rests on, if any.  ``dates`` are the dates that the document itself writes, settled or not, after
    granted extensions.  ``missing`` names the last period whose report is missing.

    ``disagreement`` are two notes that started from one status and left it for two, which nobody has
    settled.  ``refused`` are notes whose change of status did not count, each with the reason.
    """

    status: Status
    notes: tuple[Note, ...]
    progress: int | None
    updated: datetime | None
    due: date | None
    next_due: date | None
    next_label: str
    light: Light
    why: str
    overdue: bool
    rule: str = ""
    why_date: date | None = None
    why_note: str = ""
    dates: tuple[date, ...] = ()
    missing: str = ""
    disagreement: tuple[Note, Note] | None = None
    refused: tuple[tuple[Note, str], ...] = ()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Row:
    """A measure and where it stands: one row of every list."""

    measure: Measure
    state: MeasureState


# ------------------------------------------------------------------ git's answers, as plain values


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports: from git's configuration; empty strings where it says nothing."""

    unit: str
    name: str
    email: str

    @property
    def author(self) -> str:
        """``姓名 <邮箱>``, as notes and git write it."""
        return f"{self.name} <{self.email}>"


@dataclass(frozen=True, slots=True)
class RepoStatus:
    """What the foot of the screen tells.

    ``branch`` is empty on a detached HEAD (then ``head`` has the short commit); ``ahead`` and
    ``behind`` are None without an upstream; ``operation`` names a merge or rebase under way, or is empty.
    """

    branch: str
    head: str
    ahead: int | None
    behind: int | None
    dirty: tuple[str, ...]
    staged: tuple[str, ...]
    operation: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One commit, in the domain's words, read from its subject and trailers."""

    commit: str = keyed("提交", "完整的提交号")
    time: datetime = keyed("时间", "提交时间")
    author: str = keyed("作者", "姓名 <邮箱>")
    subject: str = keyed("主题", "提交主题")
    measure: str = keyed("措施", "措施编号", default="")
    item: str = keyed("事项", "事项编号", default="")
    unit: str = keyed("单位", "填报单位", default="")
    kind: str = keyed("类型", "类型", default="")
    status: str = keyed("状态", "状态变化", default="")
    undone_by: str = keyed("撤销于", "撤销它的提交", default="")
    undoes: str = keyed("撤销", "它撤销的提交", default="")
    paths: tuple[str, ...] = keyed("文件", "改动的文件", default=())


# ------------------------------------------------------------------ errors that reach people


class FazhiError(Exception):
    """An error with a message in Chinese and what to do about it.

    ``exit_code`` follows DESIGN.md, section 8: 1 the answer is no, 2 wrong usage, 3 the repository or
    git refused.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(FazhiError):
    """What was asked is not understood or not possible as asked."""

    exit_code = 2


class RepositoryError(FazhiError):
    """The repository, the file system or git refused."""

    exit_code = 3


class NotAllowedError(FazhiError):
    """The workflow does not allow this; the hint says what is allowed instead."""

    exit_code = 1


class QueryError(UsageError):
    """A mistake in a query; ``start`` and ``end`` are character offsets into what was typed."""

    def __init__(self, message: str, hint: str = "", *, start: int = 0, end: int = 0) -> None:
        super().__init__(message, hint)
        self.start = start
        self.end = end

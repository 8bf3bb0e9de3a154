"""What git says: who works here, the state of the repository, one commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fazhi_tui.domain.model.keyed import keyed


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


class CommitKind(StrEnum):
    """What a commit is that files no note; one that does has the kind of its note."""

    AMEND = "修订"
    IMPORT = "导入"
    UNDO = "撤销"
    RATIFY = "追认"
    VIEW = "视图"
    SETTINGS = "设置"
    UNITS = "单位"
    SETUP = "配置"
    NEW = "新建"
    MERGE = "合并"


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
    ratified_by: str = keyed("追认于", "追认它的提交", default="")
    ratifies: str = keyed("追认", "它追认的提交", default="")
    paths: tuple[str, ...] = keyed("文件", "改动的文件", default=())

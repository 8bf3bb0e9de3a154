"""Settings: what differs from city to city."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.light import LightNames

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

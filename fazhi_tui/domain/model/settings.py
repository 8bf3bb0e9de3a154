"""Settings: what differs from city to city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.former import Former, former_of
from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.light import LightNames

ZONE = r"^[+-](0[0-9]|1[0-4]):[0-5][0-9]$"
#: How documents write when reports are due; :mod:`fazhi_tui.domain.deadlines.report_periods` reads it.
RHYTHM = (
    r"^(每周[一二三四五六日天]?前?"
    r"|(每月|每(季度|半年)([首末]月)?|每年((1[0-2]|[1-9])月)?)(([底末]|([1-9]|[12][0-9]|3[01])日)前?)?)$"
)


class Carrying(StrEnum):
    """What becomes of a deadline that falls on a day of rest."""

    NONE = "不顺延"
    WEEKENDS = "周末"
    HOLIDAYS = "法定节假日"


class Closing(StrEnum):
    """Which of several lead units has to ask for closing."""

    ANY = "任一牵头"
    ALL = "全部牵头"


class Summary(StrEnum):
    """Whose progress is the measure's where several units report on it."""

    FIRST = "第一牵头单位"
    LOWEST = "进度最低单位"
    LATEST = "最近填报单位"


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
        "什么时候以前报送，如 每月25日前、每季度末月25日前、每季度首月10日前（报上一季度）、每周五、"
        "每年12月15日前；不写则不查漏报。",
        default=None,
        pattern=RHYTHM,
    )
    must_sign: bool = keyed("须签名", "提交是否必须有可核对的签名（SSH 或 GPG）；审计时检查。", default=False)
    count_members: bool = keyed(
        "集合计入成员", "集合（如 市政府各委办局）所担的措施是否也算作成员单位的。", default=False
    )
    light_names: LightNames = keyed("灯名", "各灯的叫法。", default=LightNames())
    review_days: int = keyed("审核时限", "申请办结、申请延期后多少天没有答复亮黄灯。", default=10, minimum=0)
    participants_report: bool = keyed("参加单位报送", "参加单位是否也要按期报送。", default=False)
    summary: Summary = keyed(
        "汇总单位", "几个单位分别填报时，以谁的进度为本措施的进度。", default=Summary.FIRST
    )
    closing: Closing = keyed(
        "办结申请", "几个单位牵头时，由任一个申请办结，还是要全部申请。", default=Closing.ANY
    )
    zone: str = keyed("时区", "日子按哪个时区算，如 +08:00。", default="+08:00", pattern=ZONE)
    carrying: Carrying = keyed(
        "顺延", "期限遇休息日顺延到下一个工作日：不顺延、周末、法定节假日。", default=Carrying.NONE
    )
    days_off: tuple[date, ...] = keyed("休息日", "本地另定的休息日，先于周末和法定节假日。", default=())
    working_days: tuple[date, ...] = keyed(
        "工作日", "本地另定的工作日（调休上班），先于其他规定。", default=()
    )
    history: tuple[FormerSettings, ...] = keyed("沿革", "以前的设置，各到哪一天为止。", default=())


if TYPE_CHECKING:

    class FormerSettings(Former):
        """What settings held before."""

else:
    FormerSettings = former_of("FormerSettings", Settings)

"""A prefix said once for several names: 省发展改革委、商务厅 are both the province's."""

from __future__ import annotations

import re

_LEVELS = "自治区|自治州|自治县|兵团|新区|省|市|县|区|州|盟|旗"

# 市场监管局, 市政管理局 and 市容 begin with the letter and not with the level; 市政府 and 市政协 do have it.
_LEVEL = re.compile(rf"(?P<level>{_LEVELS})(?!场|容|域|级|（|、|政(?!府|协|务|法|数|研))(?=..)")
_PLACE = re.compile(
    r"(?P<level>[\u4e00-\u9fff]{2,4}?(?:省|市|自治区|自治州|自治县|州|县|区))(?!场|容|域|级)(?=.{2,})"
)

_DEPARTMENT = re.compile(
    r"(?:局|委|厅|办|部|法院|检察院|会|署|中心|党校|团委|妇联|总工会|残联|文联|科协|工商联|档案馆|办公室|委员会|总队|支队|编办|台)(?:[（(][^（）()]*[）)])?$"
)
_DISTRICT = re.compile(r"(?:人民)?政府$|管委会$|管理委员会$|街道|乡|镇$")

_ALONE = re.compile(
    r"各|有关|相关|其他|其它|国|中|全|人民银行|人行|银保监|金融监管|金融监督|证监|外汇|海关|铁路|民航|邮政|电信|移动|联通|供电|电力|"
    r"武警|军|驻|最高|司法部|公安部|县|乡|镇|街道|村|团中央|团[省市县区州]|高新区|经开区|开发区|园区|地方|所在|属地|行业|主管|职能|责任|成员|本|上级|下级|基层"
)
"""Names that begin so stand by themselves."""

_VERTICAL = re.compile(r"银保监|金融监管|金融监督|证监|银行|海关|通信管理|邮政管理|[A-Za-z]")
"""Names that hold one of these belong to the State's own line of command, or begin with a place."""

_PARTY_NAMES = (
    "组织部 宣传部 统战部 政法委 政法委员会 编办 机构编制委员会办公室 网信办 改革办"
    " 深改办 依法治市办 依法治省办 依法治县办 依法治区办 党校 老干部局 巡察办 台办"
    " 财经办 农办 国安办 社会工作部 机要局 保密办 督查室 政研室 党史研究室 军民融合办"
    " 审计办 教育工委 直属机关工委 文明办"
)
_PARTY = frozenset(_PARTY_NAMES.split())
"""Organs of the Party's committee: behind 市 they are 市委组织部."""


def expand(names: list[str], known: str | None = None) -> tuple[list[str], dict[str, str], str | None]:
    """The names with the prefix that was said once; which was printed how; the prefix in force at the end.

    ``known`` is the prefix in force before the first name.  A name of its own (各部门, 人民银行, a district's
    government) neither takes a prefix nor gives one.
    """
    expanded: list[str] = []
    printed: dict[str, str] = {}
    prefix = known
    for name in names:
        own = prefix_of(name)
        if own is not None:
            prefix = own
        elif prefix is not None and _takes(name):
            party = "党委" if prefix.endswith("自治区") else "委"
            full = f"{prefix}{party}{name}" if name in _PARTY else f"{prefix}{name}"
            printed[full] = name
            expanded.append(full)
            continue
        expanded.append(name)
    return expanded, printed, prefix


def prefix_of(name: str) -> str | None:
    """The level that a department's name begins with (省, 市, 西安市); None for any other name."""
    if _ALONE.match(name) and not name.startswith(("县", "全")):
        return None
    if not _DEPARTMENT.search(name) or _DISTRICT.search(name):
        return None
    for pattern in (_LEVEL, _PLACE):
        if match := pattern.match(name):
            return match["level"]
    return None


def _takes(name: str) -> bool:
    return (
        bool(_DEPARTMENT.search(name))
        and not _ALONE.match(name)
        and not _VERTICAL.search(name)
        and not _DISTRICT.search(name)
        and len(name) <= 20
    )

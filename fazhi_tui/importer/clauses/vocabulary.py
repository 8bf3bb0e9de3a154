"""The words of unit clauses: labels, verbs, tails, what a unit's name looks like.  All of it is data.

A new label, verb or tail is one entry here and one sample in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fazhi_tui.domain.model.measure import Role

_LABELS = {
    Role.LEAD: "牵头 主办 主责 牵头责任 责任牵头 第一责任",
    Role.PARTICIPANT: "参加 参与 配合 责任配合 协办 协同 协作 协助 会办 配合责任 参与责任 协同责任",
    Role.RESPONSIBLE: "主要责任 责任 落实 责任落实 落实责任 承办 实施 主管 负责",
}
LABEL_ROLES: Mapping[str, Role] = {word: role for role, words in _LABELS.items() for word in words.split()}
"""The first part of a label such as 牵头单位, and the role of the names behind it."""

_WORDS = "|".join(sorted(LABEL_ROLES, key=len, reverse=True))
LABEL = re.compile(
    rf"[【〔\[]?(?P<word>{_WORDS})(?:(?:单位|部门|机构|处室|科室|股室|主体|方)(?P<sign>[：:】〕\]]+|为(?!市长))|(?P<bare>[：:]))"
)
"""A label; one without 单位 or 部门 needs its colon."""

_LABEL_AHEAD = re.sub(r"\?P<\w+>", "?:", LABEL.pattern)
PERSON = re.compile(
    r"(?:责任|牵头|分管|包保|包抓|市级|县级|区级|州级|挂帅|主要|具体)*(?:领导|责任人|负责人)[：:]"
    rf"[^；;，。\n：:]{{1,20}}?(?=[；;，。\n]|{_LABEL_AHEAD}|$)[；;，]?"
)
"""People named among the units; they are no units."""

VERBS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"(?:具体|共同|联合)?(?:负责)?(?:牵头(?:负责|落实|组织实施|推进|实施)?|主办)$"), Role.LEAD),
    (
        re.compile(
            r"(?:按(?:照)?(?:各自)?(?:职责|职能|任务)?(?:分工)?)?(?:积极)?(?:配合|协办|协同|协助|参与|参加)(?:落实|做好|负责)?$"
        ),
        Role.PARTICIPANT,
    ),
    (
        re.compile(r"(?:分别|共同|具体|组织)?(?:负责|落实|承办|组织实施|实施)(?:落实|实施)?$"),
        Role.RESPONSIBLE,
    ),
)
"""Verbs behind a list of names, longest readings first, and the role that they give."""

DUTIES = re.compile(
    r"(?:等)?(?:依|按)(?:照|据)?(?:各自|部门)?(?:的)?(?:职责|职能|任务|责任|权限|管理权限)?(?:和)?(?:分工|职责|权限)?(?:分别|共同|具体)?"
    r"(?:抓好|组织|做好)?(?:负责|落实|承担|推进|实施)?(?:落实|实施|工作)?$"
)
"""Tails that say 按职责分工; only those that hold 职责, 职能 or 分工 count."""

OPEN_LIST = re.compile(
    r"等(?:市级|省级|县级|市直|省直|区直|县直|各|有关|相关|责任|成员|职能)*(?:部门|单位|委办局|机构|部门和单位|部门单位|部门、单位)?$"
)
"""Tails of a name that say the list is not closed."""

BY = re.compile(r"^(?:(?:此|本|该|上述|以上)(?:项|条)?(?:工作|任务|措施))?由")
"""Words before the first name that are no part of it; used at the beginning alone."""

JOINTLY = re.compile(r"(?:会同|会商|联合)")
"""Between the one who leads and those who take part: 市司法局会同有关部门."""

_ENDS = (
    "局|委|厅|部|办|院|署|行|会|中心|公司|政府|单位|部门|办公室|办公厅|党委|党组|党工委|工委|学校|大学|学院|集团|处|科|站|所|队"
    "|机构|联|总工会|妇联|海关|军分区|街道|乡镇|镇|乡|县|区|市|州|盟|旗|省|企业|协会|馆|台|社|组|专班|人大|政协|党校|支队|总队|园区"
    "|开发区|高新区|新区|地方|各地|院校|高校|医院|银行|法院|检察院|编办|网信办|集体|团体|平台|主体|办事处|社区|村|委办局|科室|处室|人|司|局委|厅局|军区|师|团|指挥部|基地|中队|大队|街|系统|学会|商会|研究所|报社|窗口"
)
NAME = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9（）()〔〕、，/·“”《》—-]{{0,60}}?(?:{_ENDS})(?:[（(][^（）()]{{1,30}}[）)])?"
)
"""What a unit's name looks like: how it ends; a bracketed remark may follow."""

NOT_A_NAME = re.compile(
    r"(?:20[0-9]{2}年|[0-9]+月|年底|月底|长期|持续|完成|推进|坚持|每年|每季|全年|常年|当年|年内|按时|即时|立即|适时|下同|为牵头|排名|第一位|首位|不分先后|上述|以上|以下|本级|以及|等$|.*[。：；？！])"
)
"""Parts of a clause that are time, a remark or prose."""

COLLECTIVES = re.compile(
    r"^(?:各|有关|相关|其他|其它|[省市县区州](?:直|级|本级)(?:有关|相关)|市直各|市级各|省直各|省级各|全市各|全省各|全县各|全区各)"
)

REMARK = re.compile(
    r"[（(〔]?(?:列|排|第一责任|首位|首个|第一位)[^（）()；。]{0,24}为(?:牵头|主要责任|主责)(?:单位|部门)?(?:[，,、]?(?:下同|其他为配合单位|以下同))?[）)〕]?|[（(]下同[）)]|[，,]下同"
    r"|[。；](?:以下|下列|上述|以上)[^（）()]{0,60}(?:不再(?:逐一|一一|重复)?列出|下同)"
)
"""Remarks that say who leads, and are no names."""

TIME_LABEL = re.compile(
    r"[【〔\[]?(?:完成|办理|整改|工作|推进|落实)?(?:时限|时间|期限|进度|节点)(?:要求|安排|节点)?[】〕\]]?[：:]"
)
"""A label of a deadline, which ends a list of units."""

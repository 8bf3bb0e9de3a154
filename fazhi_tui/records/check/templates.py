"""What ``fazhi check`` says of ``plan/templates.yaml``: names used once, and only facts that there are."""

from __future__ import annotations

import re

from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.text.visible import excerpt
from fazhi_tui.records.check.context import Checker
from fazhi_tui.records.loader import TEMPLATES_FILE

#: What a template may ask to be filled in by itself.
FACTS = ("措施", "标题", "单位", "期", "日期")
#: A fact that is asked for; other braces are text.
FACT = re.compile(r"\{([^{}\n]{1,10})\}")
#: What a person is to fill in.  Both signs are of the wide class: every terminal draws them alike.
BLANK = re.compile(r"【[^【】\n]*】")


def check_templates(checker: Checker) -> None:
    """Each name once for a kind; every ``{…}`` one that can be filled; every 【 closed."""
    seen: set[tuple[str, NoteKind | None]] = set()
    for place, template in enumerate(checker.tracker.templates):
        where = f"模板.{place}"
        key = (fold_text(template.name), template.kind)
        if key in seen:
            message = f"模板“{excerpt(template.name)}”重复"
            hint = "改名，或删去其中一个"
            checker.error(TEMPLATES_FILE, f"{where}.名称", "duplicate-template", message, hint)
        seen.add(key)
        for name in FACT.findall(template.text):
            if name not in FACTS:
                known = "、".join(f"{{{fact}}}" for fact in FACTS)
                message = f"模板“{excerpt(template.name)}”里的 {{{excerpt(name)}}} 没有可填的"
                hint = f"可以写：{known}；要人填的写成【{excerpt(name)}】"
                checker.error(TEMPLATES_FILE, f"{where}.内容", "unknown-fact", message, hint)
        if template.text.count("【") != template.text.count("】"):
            message = f"模板“{excerpt(template.name)}”里的【和】不成对"
            checker.warn(TEMPLATES_FILE, f"{where}.内容", "open-blank", message, "每一空写成【要填什么】")

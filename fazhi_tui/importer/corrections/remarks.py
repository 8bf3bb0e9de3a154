"""The sentences of 校勘: what was printed, what it is now, and why; made from the corrections alone."""

from __future__ import annotations

from fazhi_tui.importer.clauses.values import Clause
from fazhi_tui.importer.corrections.model import (
    Break,
    Doubt,
    Everywhere,
    Fragment,
    LostSection,
    Numbering,
    Omission,
    Renaming,
    Wording,
)

_FEW_WORDS = 8


def sentence(text: str) -> str:
    """A reason as a sentence: with its full stop."""
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def of_numbering(entry: Numbering) -> str:
    """For a measure whose printed number is wrong or lost."""
    printed = f"原文印作第{entry.printed}条" if entry.printed else "原文编号脱落"
    return f"{printed}，定为第{entry.measure}条：{sentence(entry.reason)}"


def of_wording(entry: Wording) -> str:
    """For changed words."""
    return f"「{entry.old}」改作「{entry.new}」：{sentence(entry.reason)}"


def of_doubt(entry: Doubt) -> str:
    """For a place that is left as printed."""
    return f"「{entry.old}」照录：{sentence(entry.reason)}"


def of_joint(before: Fragment, after: Fragment) -> str:
    """For two blocks of pages that belong together and stand apart in the file."""
    return (
        f"「{before.stop[-_FEW_WORDS:]}」与「{after.start[:_FEW_WORDS]}」"
        f"在原件中分处两页，据文意相接：{sentence(after.reason)}"
    )


def of_everywhere(entry: Everywhere) -> str:
    """For one spelling that is turned into another throughout."""
    return f"「{entry.old}」一律改作「{entry.new}」（{entry.times} 处）：{sentence(entry.reason)}"


def of_omission(entry: Omission) -> str:
    """For a stretch that is no part of the document."""
    return f"略去「{entry.start}」至「{entry.stop}」一段：{sentence(entry.reason)}"


def of_break(entry: Break) -> str:
    """For a paragraph break that the file does not print."""
    return f"「{entry.before}」与「{entry.after}」之间分段：{sentence(entry.reason)}"


def of_renaming(entry: Renaming) -> str:
    """For a unit's name that is given as it should be."""
    return f"单位「{entry.old}」作「{entry.new}」：{sentence(entry.reason)}"


def of_lost_section(entry: LostSection) -> str:
    """For a section whose heading is lost."""
    return f"节「{entry.title}」的标题脱落，至迟始于第{entry.first}条：{sentence(entry.reason)}"


def of_clause(clause: Clause) -> list[str]:
    """Where 等部门 and 按职责分工 stand, if that is not simply the end of the clause."""
    remarks = []
    for part in clause.roles:
        is_last = part is clause.roles[-1]
        if part.open_after is not None and not (is_last and part.open_after == part.units[-1]):
            remarks.append(f"「等部门」在原文{part.role}单位的{part.open_after}之后。")
        if part.by_duties and not is_last:
            remarks.append(f"「按职责分工负责」在原文{part.role}单位之后。")
    return remarks


def of_cleaning(rules: list[str]) -> list[str]:
    """For what is done to the whole text and therefore not told again in every measure."""
    if not rules:
        return []
    return [f"已去掉原件中的{'、'.join(rules)}，半角标点改为全角，各条不再逐一注明。"]


def of_brackets(bracketed: int, bare: int) -> list[str]:
    """For unit clauses of which some have brackets and some have none."""
    if not (bracketed and bare):
        return []
    return [
        f"单位分工原文有的加括号（{bracketed} 条），有的没有括号（{bare} 条）；"
        "现按牵头、参加、责任分列，正文中不再重复。"
    ]

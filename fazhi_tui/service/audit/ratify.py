"""Laying out an explained exception (追认) for what the audit says of one commit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.repository import CommitKind, Identity
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.audit.ratification import FAULT, NEVER
from fazhi_tui.service.audit.report import audit_history
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.plan.change import needed_reason
from fazhi_tui.vcs.log import in_history
from fazhi_tui.vcs.trailers import Trailers, join_measures

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View

_ID = re.compile("[0-9a-fA-F]{4,64}")
_MEASURE = re.compile(r"(?:status/|plan/)0*([1-9][0-9-]*)(?:/|\.yaml)")


def prepare_ratification(reader: Reader, commit: str, reason: str | None) -> Action:
    """The empty commit by which the coordinating office accepts the faults of another; writes nothing.

    Raises :class:`UsageError` without a reason and for what names no commit of this history or several,
    :class:`NotAllowedError` for whoever is not the office, and where the commit has no fault, is accepted
    already, or ratifies another itself.
    """
    view = reader.load()
    view.refuse_changes()
    why = needed_reason(reason, "追认")
    identity = reader.repository.identity()
    _refuse_others(view, identity)
    full = _commit(reader, commit)
    faults = audit_history(reader).faults
    own = [fault for fault in faults if fault.commit == full]
    short = full[:8]
    ratifying = {fault.ratified.commit for fault in faults if fault.ratified}
    if full in ratifying or any(fault.code == FAULT for fault in own):
        raise NotAllowedError(f"提交 {short} 本身就是一次追认，不能再追认", "追认它所追认的那个提交")
    own = [fault for fault in own if fault.code not in NEVER]
    if not own:
        raise NotAllowedError(f"审计没有发现提交 {short} 有问题，不必追认", "fazhi audit 列出各个提交的问题")
    done = next((fault.ratified for fault in own if fault.ratified), None)
    if done is not None:
        raise NotAllowedError(f"提交 {short} 已由 {done.commit[:8]} 追认", "追认一次就够了")
    named = {found[1] for fault in own if (found := _MEASURE.match(fault.path))}
    lines = [f"- {fault.message}{f'（{fault.path}）' if fault.path else ''}" for fault in own]
    trailers = Trailers(
        join_measures(sorted(named, key=number_key)),
        unit=one_line(identity.unit),
        kind=CommitKind.RATIFY,
        ratifies=full,
    )
    subject = f"{CommitKind.RATIFY} {short}：{one_line(why, 50)}"
    return Action(subject, "\n".join([why, "", "追认的问题：", *map(one_line, lines)]), trailers, {})


def _refuse_others(view: View, identity: Identity) -> None:
    """Raise :class:`NotAllowedError` where the person does not act for the coordinating office."""
    office = view.settings.coordinator
    if not office:
        raise NotAllowedError("没有写明统筹单位，谁也不能追认", "先写明：fazhi settings set 统筹单位 名称")
    if not view.is_coordinator(identity.unit):
        raise NotAllowedError(
            f"只有{one_line(office)}能追认，本仓库设的单位是{one_line(identity.unit) or '空的'}",
            "由统筹单位的人在自己的仓库里追认",
        )
    unit = view.index.get(office)
    serving = [contact.email for contact in unit.contacts if contact.serves(view.today)] if unit else []
    if serving and identity.email.casefold() not in {email.casefold() for email in serving}:
        raise NotAllowedError(
            f"{one_line(identity.email)} 不是{one_line(office)}的联络员，不能追认",
            "由名录里的联络员追认；换了人的，先用 fazhi units contact 登记",
        )


def _commit(reader: Reader, text: str) -> str:
    """The full id of the commit that is meant."""
    begun = text.strip()
    if not _ID.fullmatch(begun):
        raise UsageError(f"「{one_line(begun, 40)}」不是提交号", "写 fazhi audit 每行开头的提交号")
    found = in_history(reader.repository.runner, begun)
    if not found:
        raise UsageError(f"这份历史里没有提交 {begun}", "写 fazhi audit 每行开头的提交号")
    if len(found) > 1:
        raise UsageError(
            f"提交号 {begun} 指的不止一个：{'、'.join(one[:12] for one in found[:5])}", "写长一些"
        )
    return found[0]

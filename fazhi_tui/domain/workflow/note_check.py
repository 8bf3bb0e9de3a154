"""The check of one note: whether the table and the measure allow it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from fazhi_tui.domain.deadlines.obligations import Obligation, extension_target, occurrence_labels
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.workflow.fold import fold, in_order, time_key
from fazhi_tui.domain.workflow.kinds import AT_WORK, RULES, Rule, allowed_kinds, allowed_statuses, verb_of
from fazhi_tui.domain.workflow.office import Office, office_of


def check_note(
    note: Note, before: Status, plan: Plan | None, *, is_coordinator: bool
) -> tuple[str, str] | None:
    """What is wrong with a note that starts from ``before``: (message, hint), or None if it is allowed.

    Looks at the note alone; what depends on the measure's other notes is asked by :func:`check_in_place`.
    """
    rule = RULES[note.kind]
    if rule.coordinator and not is_coordinator:
        office = (plan.settings.coordinator if plan else "") or "plan.yaml 的 设置.统筹单位 所写的单位"
        kinds = "、".join(allowed_kinds(before, is_coordinator=False))
        return f"{note.kind}只能由统筹单位（{office}）作出", f"现在可以写：{kinds}"
    if before not in rule.moves:
        kinds = "、".join(allowed_kinds(before, is_coordinator=is_coordinator))
        return f"状态是{before}，不能{verb_of(note.kind)}", f"现在可以写：{kinds}"
    allowed = allowed_statuses(note.kind, before, is_coordinator=is_coordinator)
    if note.status is not None and note.status not in allowed:
        return _wrong_status(note.kind, before, note.status, allowed)
    return _wrong_content(note, rule)


def _wrong_status(
    kind: NoteKind, before: Status, status: Status, allowed: Sequence[Status]
) -> tuple[str, str]:
    message = f"{kind}不能把状态从{before}改为{status}"
    if not RULES[kind].changes_status:
        return message, f"{kind}不改变状态：去掉 状态 一项"
    if status is Status.PENDING_REVIEW and before in AT_WORK:
        return message, f"类型改用{NoteKind.REQUEST_CLOSE}"
    if status is Status.DONE and before in AT_WORK:
        return message, f"类型改用{NoteKind.REQUEST_CLOSE}，由统筹单位{NoteKind.CLOSE}"
    if status is Status.DONE and before is Status.PENDING_REVIEW:
        return message, f"由统筹单位用{NoteKind.CLOSE}改为{status}"
    if before in (Status.PENDING_REVIEW, Status.DONE) and status in AT_WORK:
        return message, f"由统筹单位用{NoteKind.RETURN}改为{Status.IN_PROGRESS}"
    if Status.SUSPENDED in (before, status):
        return message, "中止和恢复由统筹单位决定"
    return message, f"可以写：{'、'.join(allowed)}"


def _wrong_content(note: Note, rule: Rule) -> tuple[str, str] | None:
    kind = note.kind
    if rule.reason and not note.body.strip():
        return f"{kind}要写明内容", "在正文里写明理由或要求"
    if rule.new_date and note.new_due is None:
        return f"{kind}没有写延到哪一天", "写上 延期至，如 延期至: 2023-06-30"
    if not rule.new_date and note.new_due is not None:
        kinds = f"{NoteKind.REQUEST_EXTENSION}、{NoteKind.GRANT_EXTENSION}"
        return f"{kind}不能写延期至", f"去掉 延期至，或类型改用{kinds}"
    if kind is NoteKind.REQUEST_EXTENSION and note.new_due and note.new_due <= note.time.date():
        return f"延期至 {note.new_due} 不晚于填报之日", "写一个以后的日期"
    if kind is NoteKind.CORRECTION and not note.corrects:
        return "更正没有写被更正的是哪一条", "写上 更正，值是那条进展的文件名（不含 .md）"
    if kind is not NoteKind.CORRECTION and note.corrects:
        return f"{kind}不能更正别的进展", f"去掉 更正，或类型改用{NoteKind.CORRECTION}"
    said = (note.body.strip(), note.status, note.progress, note.quantity, note.evidence or None)
    if kind is NoteKind.PROGRESS and all(part in (None, "") for part in said):
        return "这条进展什么也没有写", "写明进展情况，或填状态、进度、数量"
    return None


def check_in_place(
    note: Note,
    measure: Measure,
    earlier: Iterable[Note],
    plan: Plan | None,
    *,
    is_coordinator: bool,
    office: Office = None,
    canonical: Callable[[str], str] = fold_text,
) -> tuple[str, str] | None:
    """What is wrong with a note beside the other notes of its measure: (message, hint), or None.

    Asks what :func:`check_note` cannot know: that the note a 更正 names exists and may be corrected by this
    body, that 期 is one of the item's, that an extension is asked for before the date and leads beyond it.
    ``canonical`` gives the one name of a unit's spellings.
    """
    others = tuple(earlier)
    fault = _check_occurrence(note, measure, plan)
    if fault is None and note.kind is NoteKind.CORRECTION and note.corrects:
        fault = _check_correction(note, others, is_coordinator, canonical)
    if fault is None and RULES[note.kind].new_date and note.new_due is not None:
        record = fold(
            (other for other in others if time_key(other) < time_key(note)), office or office_of(plan)
        )
        fault = _check_extension(note, extension_target(measure, record, plan, note, note.time.date()))
    return fault


def lacks_evidence(note: Note, earlier: Iterable[Note], plan: Plan | None) -> tuple[str, str] | None:
    """(message, hint) where a 办结, and what it answers, lacks the evidence that 设置.办结须佐证 wants."""
    if plan is None or not plan.settings.close_needs_evidence or note.kind is not NoteKind.CLOSE:
        return None
    requests = [
        other
        for other in in_order(earlier)
        if other.kind is NoteKind.REQUEST_CLOSE and time_key(other) < time_key(note)
    ]
    if note.evidence or any(request.evidence for request in requests[-1:]):
        return None
    return "办结没有佐证材料，它所答复的申请办结也没有", "附上佐证材料，或退回请填报单位补上"


def _check_occurrence(note: Note, measure: Measure, plan: Plan | None) -> tuple[str, str] | None:
    if note.occurrence is None or plan is None:
        return None
    known = occurrence_labels(measure, note.item, plan)
    if note.occurrence in known:
        return None
    if not known:
        return f"期“{note.occurrence}”没有所属：这里没有周期性事项", "去掉 期，或写明是哪个周期性事项"
    return (
        f"没有“{note.occurrence}”这一期",
        f"可以写：{'、'.join(known[:12])}{' 等' if len(known) > 12 else ''}",
    )


def _check_correction(
    note: Note, others: Sequence[Note], is_coordinator: bool, canonical: Callable[[str], str]
) -> tuple[str, str] | None:
    target = (note.corrects or "").removesuffix(".md")
    found = next((other for other in others if other.id == target), None)
    if found is None:
        return f"没有叫 {target} 的进展", "更正的值是本措施一条进展的文件名（不含 .md）"
    if time_key(found) >= time_key(note):
        return f"{target} 不早于这条更正", "只能更正较早的进展"
    if is_coordinator:
        return None
    if RULES[found.kind].coordinator:
        return f"{found.kind}由统筹单位作出，不能由别的单位更正", "请统筹单位更正"
    if canonical(found.unit) != canonical(note.unit):
        return f"{target} 是{found.unit}填报的，不能由{note.unit}更正", f"请{found.unit}或统筹单位更正"
    return None


def _check_extension(note: Note, target: Obligation | None) -> tuple[str, str] | None:
    """An extension moves a date that is still owed, forward; it is asked for before that date has gone by."""
    new_due = note.new_due
    if target is None:
        return (
            f"没有可以延到 {new_due} 的期限",
            "用 事项 和 期 写明延的是哪一个期限；延期至要晚于那个期限",
        )
    if target.done is not None:
        return f"{target.label} 已于 {target.done} 完成，不必延期", "用 事项 写明延的是哪一个期限"
    what = f"{target.label} 的期限" if target.item else f"期限（{target.label}）"
    if note.kind is NoteKind.REQUEST_EXTENSION:
        if note.time.date() > target.due:
            return (
                f"{what} {target.due} 已经过了，不能再申请延期",
                "延期要在期限以前申请；现在请报进展，写明原因和何时完成",
            )
        if new_due is not None and new_due <= target.due:
            return f"延期至 {new_due} 不晚于{what} {target.due}", "写一个更晚的日期"
    elif new_due is not None and new_due <= target.first_due:
        return f"延期至 {new_due} 不晚于原定的期限 {target.first_due}", "写一个更晚的日期"
    return None

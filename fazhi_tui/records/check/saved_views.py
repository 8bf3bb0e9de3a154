"""Saved views: reading a file of them, and what ``fazhi check`` says of the shared one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from fazhi_tui.domain.columns import BY_NAME
from fazhi_tui.domain.model.errors import QueryError
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.saved_view import DESCENDING, SavedView, ViewRegister
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.text.visible import excerpt
from fazhi_tui.domain.unit_history import lasting_index
from fazhi_tui.records.check.context import Checker
from fazhi_tui.records.convert import nearest
from fazhi_tui.records.decode import conflict, decode
from fazhi_tui.records.loader import VIEWS_FILE
from fazhi_tui.records.reader import read_text

if TYPE_CHECKING:
    from fazhi_tui.domain.query.values import Context

#: Queries are asked whether they parse, not what they keep: any day will do.
_ANY_DAY = date(2000, 1, 1)


def read_views(data: bytes, path: str) -> tuple[tuple[SavedView, ...], tuple[Problem, ...]]:
    """The views of a file that is no part of the tracker (a person's own), and the problems of reading it.

    A view that cannot be read hides no other.
    """
    text, problems = decode(data, path)
    if text is None:
        return (), tuple(problems)
    if (clash := conflict(text, path)) is not None:
        return (), (*problems, clash)
    register, found, _ = read_text(ViewRegister, text, path)
    return (register.views if register else ()), (*problems, *found)


def check_views(checker: Checker) -> None:
    """Names and keys are used once, queries parse, columns exist."""
    views = checker.tracker.views
    if not views:
        return
    context = _context(checker)
    names: set[str] = set()
    keys: dict[str, SavedView] = {}
    for view, where in zip(views, _places(checker), strict=True):
        if fold_text(view.name) in names:
            message, hint = f"视图“{view.name}”重复", "改名，或删去其中一个"
            checker.error(VIEWS_FILE, f"{where}.名称", "duplicate-view", message, hint)
        names.add(fold_text(view.name))
        if view.key is not None and keys.setdefault(view.key, view) is not view:
            message = f"键 {view.key} 不止一个视图使用：“{keys[view.key].name}”、“{view.name}”"
            checker.error(VIEWS_FILE, f"{where}.键", "duplicate-view-key", message, "换一个键，或删去这一行")
        for key, code, message, hint in view_faults(view, context):
            checker.error(VIEWS_FILE, f"{where}.{key}", code, message, hint)


def view_faults(view: SavedView, context: Context) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with one view by itself: key of the file, code, message, hint."""
    from fazhi_tui.domain.query.language import parse

    try:
        parse(view.query, context)
    except QueryError as error:
        yield "筛选", "bad-query", f"视图“{view.name}”的筛选有误：{error.message}", error.hint
    columns = list(BY_NAME)
    if view.order is not None and (name := view.order.removesuffix(f" {DESCENDING}")) not in BY_NAME:
        hint = f"{nearest(name, columns)}可写：{'、'.join(BY_NAME)}，倒过来加“ {DESCENDING}”"
        yield "排序", "unknown-column", f"视图“{view.name}”的排序没有“{excerpt(name)}”这一列", hint
    for place, name in enumerate(view.columns):
        if name not in BY_NAME:
            hint = f"{nearest(name, columns)}可写：{'、'.join(BY_NAME)}"
            yield f"列.{place}", "unknown-column", f"视图“{view.name}”没有“{excerpt(name)}”这一列", hint


def _context(checker: Checker) -> Context:
    from fazhi_tui.domain.query.values import Context

    tracker = checker.tracker
    # As a view of the tracker has it: a body that measures name is found though the register lacks it.
    written = [name for measure in tracker.measures for name in measure.units()]
    written += [note.unit for note in tracker.notes]
    index = lasting_index(tracker.units, tracker.other_names, written)
    if tracker.plan is None:
        return Context(index, _ANY_DAY)
    return Context(index, _ANY_DAY, light_names=tracker.plan.settings.light_names)


def _places(checker: Checker) -> Iterator[str]:
    """Where each view stands in the file: those that could not be read are in between."""
    tree = checker.lines.trees.get(VIEWS_FILE)
    listed = tree.get("视图") if tree is not None else None
    elements = listed[1].value if listed and listed[1].kind == "seq" else []
    at = 0
    for view in checker.tracker.views:
        for place in range(at, len(elements)):
            name = elements[place].get("名称") if elements[place].kind == "map" else None
            if name is not None and name[1].value == view.name:
                at = place + 1
                yield f"视图.{place}"
                break
        else:
            yield "视图"

"""Saved views: the ones that all share (``plan/views.yaml``) and a person's own, outside the work tree.

Saving a shared one is a commit of that file alone (``CommitKind.VIEW``); a person's own are a plain file that only
this repository on this machine has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.records.check.saved_views import read_views
from fazhi_tui.records.files import write_atomic
from fazhi_tui.records.loader import VIEWS_FILE
from fazhi_tui.records.yaml.editor import edit
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError, RepositoryError, UsageError
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.saved_view import SavedView, ViewRegister
from fazhi_tui.records.fields import fields_of
from fazhi_tui.service.notes.request import Action
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.vcs.trailers import Trailers

if TYPE_CHECKING:
    from fazhi_tui.domain.model.repository import Identity
    from fazhi_tui.records.yaml.comparable import Data
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View

SHARED_FILE = VIEWS_FILE
#: A person's own, in the folder that fazhi keeps outside the work tree.
NAME = "views.yaml"


@dataclass(frozen=True, slots=True)
class KeptView:
    """A saved view, and whether all share it."""

    view: SavedView
    shared: bool

    @property
    def whose(self) -> str:
        """共用 or 个人."""
        return "共用" if self.shared else "个人"


@dataclass(frozen=True, slots=True)
class KeptViews:
    """Every view there is: one's own first, then the shared ones that none of these hides by its name.

    ``problems`` are those of a person's own file; the shared one's are the tracker's.
    """

    views: tuple[KeptView, ...]
    problems: tuple[Problem, ...] = ()

    def named(self, text: str) -> KeptView:
        """The view that a name, or a key, means.  Raises :class:`UsageError`, naming what there is."""
        folded = fold_text(text)
        for kept in self.views:
            if fold_text(kept.view.name) == folded:
                return kept
        for kept in self.views:
            if kept.view.key == text:
                return kept
        part = [kept for kept in self.views if folded and folded in fold_text(kept.view.name)]
        if len(part) == 1:
            return part[0]
        known = "、".join(one_line(kept.view.name, 20) for kept in part or self.views)
        said = "不止一个视图叫" if part else "没有视图"
        hint = f"有这些视图：{known}" if known else "还没有存过视图：fazhi views add 名称 筛选"
        raise UsageError(f"{said}「{one_line(text, 30)}」", hint)

    def of_key(self, key: str) -> KeptView | None:
        """The view that a key opens; one's own wins."""
        return next((kept for kept in self.views if kept.view.key == key), None)


def kept_views(root: Path, view: View | None = None) -> KeptViews:
    """One's own views and the shared ones: those of ``view``, else read anew without the rest of the tracker.

    Never raises for what files hold.
    """
    own, problems = _own_views(root)
    shared = _shared_views(root) if view is None else view.tracker.views
    names = {fold_text(view.name) for view in own}
    views = [KeptView(saved, False) for saved in own]
    for saved in shared:
        if fold_text(saved.name) not in names:
            names.add(fold_text(saved.name))
            views.append(KeptView(saved, True))
    return KeptViews(tuple(views), problems)


def _shared_views(root: Path) -> tuple[SavedView, ...]:
    try:
        data = (root / SHARED_FILE).read_bytes()
    except OSError:
        # Missing is none; what is unreadable ``fazhi check`` tells.
        return ()
    return read_views(data, SHARED_FILE)[0]


def _own_views(root: Path) -> tuple[tuple[SavedView, ...], tuple[Problem, ...]]:
    path = _own_file(root)
    if path is None:
        return (), ()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        message = f"读不了个人视图：{system_words(error)}"
        return (), (Problem.of_file(str(path), "unreadable", message, "检查文件的权限"),)
    return read_views(data, str(path))


def _own_file(root: Path) -> Path | None:
    from fazhi_tui.vcs.paths import private_dir

    with suppress(FazhiError):
        return private_dir(root) / NAME
    return None


# ------------------------------------------------------------------ changing


def checked(saved: SavedView, view: View, others: Sequence[SavedView]) -> SavedView:
    """A view that may be saved beside ``others``.

    Raises :class:`UsageError` for a name, key, query, order or column that does not do, and for a key that
    another view has.
    """
    _refuse_form(saved)
    from fazhi_tui.domain.query.values import Context
    from fazhi_tui.records.check.saved_views import view_faults

    context = Context(view.index, view.today, members=view.members, light_names=view.settings.light_names)
    for _, _, message, hint in view_faults(saved, context):
        raise UsageError(one_line(message), one_line(hint))
    for other in others:
        if saved.key is not None and other.key == saved.key and fold_text(other.name) != fold_text(saved.name):
            raise UsageError(f"键 {saved.key} 已是视图「{one_line(other.name)}」的", "换一个键")
    return saved


def _refuse_form(saved: SavedView) -> None:
    for field in fields_of(SavedView):
        value = getattr(saved, field.name)
        if isinstance(value, str) and field.pattern is not None and not field.pattern.fullmatch(value):
            hint = {"名称": "一行，最多 30 字，前后无空格", "键": "一个字符，如 r"}.get(field.key, field.doc)
            raise UsageError(f"{field.key}「{one_line(value, 40) or '空'}」不能这样写", hint)


def with_view(text: str, saved: SavedView) -> str:
    """The text of a file of views with one view put in: in place of the one of that name, else at the end.

    Comments, order and whatever else stands in the file stay.  Raises :class:`RepositoryError` where the text
    is no sound file of views.
    """
    if not text.strip():
        return dump(ViewRegister((saved,)))
    listed = _listed(text)
    place = next((at for at, name in _names(listed) if fold_text(name) == fold_text(saved.name)), len(listed))
    return edit(text, {("视图", place): saved})


def without_view(text: str, name: str) -> str:
    """The text without the view of a name.  Raises :class:`UsageError` where there is none."""
    place = next((at for at, found in _names(_listed(text)) if fold_text(found) == fold_text(name)), None)
    if place is None:
        raise UsageError(f"没有视图「{one_line(name, 30)}」", "fazhi views 列出全部视图")
    return edit(text, {("视图", place): None})


def _listed(text: str) -> list[Data]:
    from fazhi_tui.records.yaml.editor import says

    found = says(text).get("视图")
    return found if isinstance(found, list) else []


def _names(listed: Sequence[Data]) -> Iterator[tuple[int, str]]:
    from fazhi_tui.records.yaml.comparable import Scalar

    for at, element in enumerate(listed):
        name = element.get("名称") if isinstance(element, dict) else None
        if isinstance(name, Scalar):
            yield at, name.value


def prepare_view(reader: Reader, view: View, saved: SavedView) -> Action:
    """Lay out the commit that saves a view for all; writes nothing.

    Raises as :func:`checked`, and :class:`NotAllowedError` where the file holds what nobody has committed.
    """
    identity = _refuse_uncommitted(reader, view)
    saved = checked(saved, view, view.tracker.views)
    before = _text(reader.root / SHARED_FILE)
    after = with_view(before, saved)
    if after == before:
        raise UsageError(f"共用视图「{one_line(saved.name)}」已经是这样", "没有要保存的改动")
    asked = one_line(saved.query, 40) or "全部措施"
    return _action(view, identity, f"视图：保存 {one_line(saved.name)}（{asked}）", after)


def prepare_view_removal(reader: Reader, view: View, name: str) -> Action:
    """Lay out the commit that takes a shared view away; writes nothing."""
    identity = _refuse_uncommitted(reader, view)
    after = without_view(_text(reader.root / SHARED_FILE), name)
    return _action(view, identity, f"视图：删除 {one_line(name)}", after)


def _refuse_uncommitted(reader: Reader, view: View) -> Identity:
    """Who saves; refused where the file holds changes that nobody has committed."""
    view.refuse_changes()
    status = reader.repository.status()
    if SHARED_FILE in (*status.dirty, *status.staged):
        raise NotAllowedError(
            f"{SHARED_FILE} 里有还没提交的改动",
            f"先提交它，或用 git checkout -- {SHARED_FILE} 还原，再保存",
        )
    return reader.repository.identity()


def _action(view: View, identity: Identity, subject: str, after: str) -> Action:
    trailers = Trailers(unit=one_line(identity.unit), kind=CommitKind.VIEW)
    office = view.settings.coordinator
    warnings: tuple[str, ...] = ()
    if office and not view.is_coordinator(identity.unit):
        warnings = (f"共用视图人人都看得到，一般由{one_line(office)}保存；只给自己用的，存为个人视图",)
    return Action(subject, "", trailers, {SHARED_FILE: after}, warnings=warnings)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        words = system_words(error) if isinstance(error, OSError) else "不是 UTF-8 文字"
        raise RepositoryError(f"读不了 {path.name}：{words}", "运行 fazhi check 查看") from error


def save_own_view(reader: Reader, view: View, saved: SavedView) -> None:
    """Save a view for oneself alone.

    Raises as :func:`checked`, and :class:`RepositoryError` where the file cannot be read or written.
    """
    path = _writable(reader)
    own, _ = _own_views(reader.root)
    saved = checked(saved, view, own)
    write_atomic(path, with_view(_text(path), saved))


def remove_own_view(reader: Reader, name: str) -> None:
    """Forget one of one's own views.  Raises :class:`UsageError` where there is none of that name."""
    path = _writable(reader)
    write_atomic(path, without_view(_text(path), name))


def _writable(reader: Reader) -> Path:
    from fazhi_tui.vcs.paths import private_dir

    reader.refuse_read_only()
    path = private_dir(reader.root) / NAME
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
    return path

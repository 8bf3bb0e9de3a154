"""``fazhi demo``: a throw-away repository with this plan and four years of example history.

Everything in it is marked 示例.  The plan comes from the same source document as this repository's own; the
notes are made by :mod:`example_history` and go through the same checks as real ones.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fazhi_tui.domain.deadlines.report_periods import report_periods
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.repository import CommitKind, Identity
from fazhi_tui.domain.model.saved_view import SavedView, ViewRegister
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.domain.system_errors import refusals_as
from fazhi_tui.domain.unit_index import initials
from fazhi_tui.domain.workflow.state import state_of
from fazhi_tui.records.loader import VIEWS_FILE, load_files
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.demo.example_history import BEIJING, Step, story_of
from fazhi_tui.service.importing.prepare import prepare_import
from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.view import View, view_of
from fazhi_tui.vcs.trailers import Trailers, commit_message

if TYPE_CHECKING:
    from fazhi_tui.vcs.fast_import import Replayed

#: The day that the example history ends on and that lights count from in it.
DEMO_TODAY = date(2025, 11, 20)
SEED = 20220101
#: The example's own setting: reports are asked for each quarter.
RHYTHM = "每季度"
#: Who looks at the example: the coordinating office, which may do everything.
VIEWER = Identity("市委依法治市办", "示例用户", "demo@example.org")
_SOURCE = Path(__file__).with_name("source")
_BEGUN = datetime(2022, 1, 4, 9, tzinfo=BEIJING)
#: Views that show a newcomer what views are.
_VIEWS = ViewRegister(
    (
        SavedView("红灯", "1", "灯:红", order="时限", about="最要紧的：已经逾期，或明显落后"),
        SavedView("本季到期", "2", "到期:本季", order="时限", about="这个季度里要完成的"),
        SavedView("待审核", "3", "状态:待审核", order="更新", about="等统筹单位办结或退回的"),
        SavedView("漏报", "4", "灯:未报", about="上一期没有填报的"),
        SavedView("市司法局牵头", None, "牵头:市司法局", about="示例：把单位换成自己的"),
    )
)
_README = """\
# 示例台账

这个台账由 `fazhi demo` 生成：方案是真实的文本，全部进展都是示例，按固定的种子编造，不是任何单位的真实进展。
随意试用，用完删掉即可。在这里今天总是 {today}（git config fazhi.today），填报也记在这一天。
"""


@dataclass(frozen=True)
class Demo:
    """The example that was made: where, its notes and commits, and the day that its lights count from."""

    root: Path
    notes: int
    commits: int
    today: date


def build_demo(into: Path, seed: int = SEED) -> Demo:
    """Make the example in ``into``, which must be empty or not exist; the same seed gives the same commits.

    Raises :class:`UsageError` where the folder holds anything or lies inside a git work tree,
    :class:`RepositoryError` where the file system or git refuses.
    """
    from fazhi_tui.vcs.fast_import import NewRepository, Replayed, replay
    from fazhi_tui.vcs.init import work_tree_of

    into = into.absolute()
    with refusals_as(f"读不了 {into}", "换一个目录"):
        if into.exists() and (not into.is_dir() or any(into.iterdir())):
            raise UsageError(f"{into} 里已经有东西，示例不覆盖任何文件", "换一个空的或还没有的目录")
    if (top := work_tree_of(into)) is not None:
        raise UsageError(f"{into} 在 git 仓库 {top} 里面，示例不放进别的仓库", "换一个目录，或不写 --into")
    files = _plan_files()
    actions = _actions(view_of(load_files(files), DEMO_TODAY), seed)
    message = commit_message("示例：导入方案，建立台账", "", Trailers(kind=CommitKind.IMPORT))
    commits = [Replayed(VIEWER, _BEGUN, message, files), *map(_commit, actions)]
    with refusals_as(f"建不了目录 {into}", "换一个目录"):
        into.mkdir(parents=True, exist_ok=True)
    settings = {
        "user.name": VIEWER.name,
        "user.email": VIEWER.email,
        "fazhi.unit": VIEWER.unit,
        "fazhi.today": str(DEMO_TODAY),
    }
    replay(into, NewRepository(commits, {**settings, "core.quotePath": "false"}))
    return Demo(into, len(actions), len(commits), DEMO_TODAY)


def _plan_files() -> dict[str, bytes]:
    """The tracker's files without any note: the plan, its settings for the example, a README."""
    with TemporaryDirectory() as folder:
        prepared = prepare_import(
            _SOURCE / "document.txt", Path(folder) / "demo", _SOURCE / "corrections.yaml"
        )
    files = {path: bytes(data) for path, data in {**prepared.around, **prepared.files}.items()}
    plan = files["plan/plan.yaml"].decode()
    if "设置:\n" not in plan:
        plan += f"设置:\n  统筹单位: {VIEWER.unit}\n"
    files["plan/plan.yaml"] = plan.replace("设置:\n", f"设置:\n  报送周期: {RHYTHM}\n", 1).encode()
    files[VIEWS_FILE] = dump(_VIEWS).encode()
    files["README.md"] = _README.format(today=DEMO_TODAY).encode()
    return files


def _actions(view: View, seed: int) -> list[Action]:
    """Every report of the example in order of time, each checked as a real one is."""
    plan = view.tracker.plan
    assert plan is not None
    periods = report_periods(plan.settings, plan.period, DEMO_TODAY)
    actions: list[Action] = []
    for row in view.rows:
        charged = view.charged(row.measure)
        units = {name: view.index.get(name) for name in charged}
        bodies = tuple(name for name, unit in units.items() if unit is None or unit.kind is UnitKind.BODY)
        bodies = bodies or (("市财政局",) if charged else (VIEWER.unit,))
        lot = random.Random(f"{seed}/{row.measure.id}/names")
        notes: list[Note] = []
        for step in story_of(row.measure, bodies, plan, periods, DEMO_TODAY, seed):
            action = _filed(view, row, notes, step, lot)
            notes += action.notes
            actions.append(action)
    return sorted(actions, key=lambda action: (action.notes[0].time, action.notes[0].path))


def _filed(view: View, row: Row, notes: list[Note], step: Step, lot: random.Random) -> Action:
    seen = notes[:-1] if step.blind else notes
    state = state_of(row.measure, seen, view.tracker.plan, DEMO_TODAY, office=view.office)
    request = step.request
    if request.corrects == "<last>":
        request = replace(request, corrects=notes[-1].id)
    now = replace(view, rows=(Row(row.measure, state),))
    token = f"{lot.randrange(0x10000):04x}"
    return prepare_report(now, request, _contact_of(view, request.unit), step.time, token=token)


def _contact_of(view: View, unit: str) -> Identity:
    """Who reports for a body in the example."""
    known = view.index.resolve(unit)
    letters = initials(known.pinyin) or "unit"
    return Identity(known.name, f"示例{known.name}联络员", f"{letters}@example.org")


def _commit(action: Action) -> Replayed:
    from fazhi_tui.vcs.fast_import import Replayed

    note = action.notes[0]
    name, _, email = note.author.rpartition(" <")
    # A minute for typing the commit: nobody's clock is to the second.
    time = note.time + timedelta(seconds=40)
    writes = {path: data.encode() if isinstance(data, str) else data for path, data in action.writes.items()}
    return Replayed(Identity(note.unit, name, email.removesuffix(">")), time, action.message, writes)

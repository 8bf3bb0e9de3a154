"""A tracker of any size, made up from a fixed seed and marked 示例; each measure is like a real one."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.domain.model.plan import Chapter, Plan, Span
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.unit import Unit, UnitRegister
from fazhi_tui.records.notes import note_path, render_note
from fazhi_tui.records.yaml.emitter import dump

#: The day that lights count from.
TODAY = date(2025, 11, 20)
_BEIJING = timezone(timedelta(hours=8))
_NAMES = (
    *(("市司法局", "shi si fa ju"), ("市公安局", "shi gong an ju"), ("市财政局", "shi cai zheng ju")),
    *(("市教育局", "shi jiao yu ju"), ("市审计局", "shi shen ji ju"), ("市统计局", "shi tong ji ju")),
    *(("市民政局", "shi min zheng ju"), ("市水利局", "shi shui li ju"), ("市林业局", "shi lin ye ju")),
    *(("市卫健委", "shi wei jian wei"), ("市交通局", "shi jiao tong ju"), ("市商务局", "shi shang wu ju")),
)
_SECTIONS = tuple(f"（{number}）示例工作{number}" for number in "一二三四五六七八九十")
_SENTENCES = (
    "示例：健全依法决策机制，严格执行重大行政决策程序规定。",
    "示例：全面推行行政执法公示、执法全过程记录、重大执法决定法制审核制度。",
    "示例：加强行政复议工作，畅通行政复议渠道，依法纠正违法或不当的行政行为。",
    "示例：每年组织开展不少于一次的专题培训，考核结果纳入年度评估。",
    "示例：推进政务公开，及时准确公开政府信息，回应群众关切。",
)
_STATUSES = (Status.IN_PROGRESS, Status.ONGOING, Status.PENDING_REVIEW, Status.SUSPENDED)


def make(root: Path, measures: int, environ: Mapping[str, str]) -> Path:
    """The files of a tracker with two notes a measure on average, in one commit."""
    lot = random.Random(1)
    plan = Plan(
        "示例方案",
        Span(date(2022, 1, 1), date(2025, 12, 31)),
        chapters=(Chapter("一、示例", sections=_SECTIONS),),
        settings=Settings(coordinator=_NAMES[0][0]),
    )
    _write(root / "plan/plan.yaml", dump(plan))
    units = [Unit(name, pinyin=pinyin) for name, pinyin in _NAMES]
    units += [Unit(f"市示例{number}局", pinyin="shi shi li ju") for number in range(48)]
    _write(root / "plan/units.yaml", dump(UnitRegister(tuple(units))))
    names = [unit.name for unit in units]
    for number in range(1, measures + 1):
        measure = _measure(number, _SECTIONS[(number - 1) * len(_SECTIONS) // measures], names, lot)
        _write(root / f"plan/{measure.stem}.yaml", dump(measure))
        for at in range(lot.randrange(5)):
            note = _note(measure, at, lot)
            path = note_path(measure, note.time, "sfj", f"{at:04x}")
            _write(root / path, render_note(note))
    for words in (
        ["init", "-q", "-b", "main"],
        ["config", "user.name", "示例"],
        ["config", "user.email", "example@example.org"],
        ["add", "."],
        ["commit", "-q", "-m", "示例：建立台账"],
    ):
        subprocess.run(["git", *words], cwd=root, env=dict(environ), check=True)
    return root


def _measure(number: int, section: str, names: list[str], lot: random.Random) -> Measure:
    items: tuple[Item, ...] = ()
    if number % 3 == 0:
        items = (Item(f"{number}.1", "示例事项", due=date(2022 + number % 5, 6, 30)),)
    elif number % 3 == 1:
        items = (Item(f"{number}.1", "示例事项", period=Period.YEARLY, quantity=1, measure_word="次"),)
    # Most of what there is to do falls to a few, as it does everywhere.
    leads = lot.sample(names[:12], 1) if number % 2 else lot.sample(names, 2)
    return Measure(
        str(number),
        f"示例措施{number}推进依法行政",
        "一、示例",
        section,
        leads=tuple(leads),
        participants=tuple(lot.sample(names, lot.randrange(6))),
        items=items,
        text="\n".join(lot.sample(_SENTENCES, 4)),
    )


def _note(measure: Measure, at: int, lot: random.Random) -> Note:
    status = lot.choice(_STATUSES[:2]) if at == 0 else None
    return Note(
        measure.id,
        unit=measure.leads[0],
        author="示例 <example@example.org>",
        time=datetime(2023, 1, 10, 9, tzinfo=_BEIJING) + timedelta(days=at * 200 + lot.randrange(60)),
        status_before=Status.IN_PROGRESS if at else Status.NOT_STARTED,
        status=status,
        progress=min(99, at * 20),
        body="示例：按计划推进，已印发通知。\n",
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

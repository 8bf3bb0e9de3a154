"""One change of the register of units under way: register, measures and settings as they are to be.

The verbs of :mod:`fazhi_tui.service.plan.register` work on it; it writes nothing.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from fazhi_tui.domain.dated import changed_from, stretches, value_on
from fazhi_tui.domain.deadlines.report_periods import report_periods
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.text.pinyin import pinyin_of
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_history import (
    DUTIES,
    abolition,
    given_over,
    is_abolished,
    lasting_index,
    with_duties_of,
)
from fazhi_tui.domain.unit_index import listed
from fazhi_tui.records.check.run import check
from fazhi_tui.records.fields import fields_of
from fazhi_tui.records.loader import PLAN_FILE, UNITS_FILE, load
from fazhi_tui.records.yaml.editor import KeyPath, edit
from fazhi_tui.service.notes.request import Action
from fazhi_tui.vcs.trailers import Trailers, join_measures

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader

#: A name has Chinese characters, and none of what parts names from each other.
_NAME = re.compile(r"(?=.*[\u3400-\u9fff])[^\s、，,;；:：=＝\x00-\x1f\x7f]+")
_ROLES = {"leads": "牵头", "participants": "参加", "responsible": "责任"}


class RegisterChange:
    """The register, the measures and the settings in hand, and what is to be said of the change."""

    def __init__(self, reader: Reader, day: date | None, reason: str) -> None:
        self.view = reader.current()
        self.view.refuse_changes()
        self.reader = reader
        self.day = day or self.view.today
        self.reason = one_line(reason).strip()
        if not self.reason:
            raise UsageError("单位变动要写明理由", '加 --reason "……"')
        self.before = load(reader.root, places=False)
        broken = [path for path in (UNITS_FILE, PLAN_FILE) if self._is_broken(path)]
        if broken or not self.before.units:
            path = broken[0] if broken else UNITS_FILE
            raise NotAllowedError(f"{path} 有错，现在不能改动单位名录", "运行 fazhi check，改好再试")
        self.units = list(self.before.units)
        self.measures = list(self.before.measures)
        self.plan: Plan | None = self.before.plan
        self.index = lasting_index(self.units)
        self.founded: list[Unit] = []
        self.lines: list[str] = []
        self.warnings: list[str] = []

    def _is_broken(self, path: str) -> bool:
        problems = self.before.problems
        return any(problem.path == path and problem.severity is Severity.ERROR for problem in problems)

    # ------------------------------------------------------------------ which units

    def name_of(self, unit: Unit) -> str:
        """What a unit is called on the day of the change."""
        return str(value_on(unit, "name", self.day))

    def living(self, text: str, *, ends: bool = False) -> Unit:
        """The one unit that is meant and that there is on the day; one that ``ends`` must not end anyway.

        Raises :class:`UsageError` where none is meant, :class:`NotAllowedError` where there is none then.
        """
        unit = self.index.resolve(text)
        if is_abolished(unit, self.day) or (ends and unit.abolished is not None):
            raise NotAllowedError(f"{unit.name}{abolition(unit)}", "写承接它的单位")
        if unit.founded is not None and unit.founded > self.day:
            raise NotAllowedError(
                f"{unit.name} {unit.founded} 才设立", f"--from 不早于 {unit.founded}，或写另一个单位"
            )
        return unit

    def heir(self, text: str) -> Unit:
        """A unit that takes over: one that there is, or a new one where a whole name is unknown."""
        text = text.strip()
        if self.index.get(text) is not None or not _NAME.fullmatch(text):
            return self.living(text)
        name = self.fresh_name(text)
        unit = Unit(name, pinyin=pinyin_of(name), founded=self.day)
        near = self.index.near(name)
        hint = f"；名录里相近的有：{listed(near)}" if near else ""
        self.warnings.append(f"名录里没有“{name}”，将新设立这个单位{hint}")
        self.lines.append(f"设立：{name}")
        self.founded.append(unit)
        self.units.append(unit)
        self.index = lasting_index(self.units)
        return unit

    def fresh_name(self, text: str, own: Unit | None = None) -> str:
        """A name for a unit that no other has or ever had.  Raises :class:`UsageError` with why not."""
        name = text.strip()
        if not _NAME.fullmatch(name):
            raise UsageError(f"「{one_line(name, 30)}」不能作单位名称", "名称用汉字，其中没有空格、顿号、逗号、冒号")
        folded = fold_text(name)
        for unit in self.units:
            if own is not None and unit.name == own.name:
                continue
            if why := _whose(unit, folded):
                raise UsageError(f"「{name}」{why}", "一个名称只能属于一个单位：换一个名称")
        return name

    def put(self, old: Unit, new: Unit) -> None:
        """Put a unit in the place of what it was."""
        at = next(at for at, unit in enumerate(self.units) if unit.name == old.name)
        self.units[at] = new
        self.index = lasting_index(self.units)

    # ------------------------------------------------------------------ which measures

    def duties(self, unit: Unit, measure: Measure) -> tuple[str, ...]:
        """In which roles a unit stands in a measure on the day or later."""
        return tuple(
            field
            for field in DUTIES
            if any(
                self.index.canonical(name) == unit.name
                for stretch in stretches(measure, field)
                if stretch.end is None or stretch.end >= self.day
                for name in stretch.value
            )
        )

    def numbers(self, unit: Unit, typed: Sequence[str]) -> list[str]:
        """The measures that were typed (``3,5``), each of which has duties of the unit from the day on."""
        words = [word for text in typed for word in re.split(r"[,，、\s]+", text) if word]
        if not words:
            raise UsageError("没有写是哪些措施", "例如 --measures 3,5")
        found = dict.fromkeys(self.view.row(word).measure.id for word in words)
        measures = {measure.id: measure for measure in self.measures}
        for number in found:
            if number not in measures or not self.duties(unit, measures[number]):
                own = [measure.id for measure in self.measures if self.duties(unit, measure)]
                raise UsageError(
                    f"第 {number} 条自 {self.day} 起没有{self.name_of(unit)}的职责",
                    f"它的措施有：{listed(own, 20)}" if own else "它没有措施",
                )
        return list(found)

    def parts(self, unit: Unit, heirs: Sequence[Unit], typed: Sequence[str]) -> dict[str, list[Unit]]:
        """Which measures are whose, of ``乙局=3,5``; several successors may be named for one measure."""
        found: dict[str, list[Unit]] = {}
        for part in (part for text in typed for part in re.split(r"[;；\s]+", text) if part):
            name, sign, numbers = part.replace("＝", "=").partition("=")
            if not sign:
                raise UsageError(
                    f"「{one_line(part, 30)}」没有写成 单位=编号", f"例如 --measures {heirs[0].name}=3,5"
                )
            heir = self.index.resolve(name)
            if all(heir.name != other.name for other in heirs):
                known = "、".join(other.name for other in heirs)
                raise UsageError(f"{heir.name}不是分设的单位", f"可以写：{known}")
            for number in self.numbers(unit, [numbers]):
                found.setdefault(number, []).append(heir)
        return found

    # ------------------------------------------------------------------ what changes

    def abolish(
        self,
        gone: Sequence[Unit],
        heirs: Sequence[Unit],
        by_measure: Mapping[str, Sequence[Unit]] | None = None,
        *,
        stays: bool = False,
    ) -> None:
        """Units end on the day (but for one that ``stays``), and what was theirs is the heirs'."""
        names = tuple(self.name_of(heir) for heir in heirs)
        self._refuse_lost(gone, heirs)
        for unit in gone:
            if unit.founded is not None and unit.founded >= self.day:
                raise UsageError(f"{unit.name} {unit.founded} 才设立", "撤销要晚于设立")
            if not stays:
                self.put(unit, dataclasses.replace(unit, abolished=self.day, successors=names))
                said = f"，由{'、'.join(names)}承接" if names else ""
                self.lines.append(f"撤销：{self.name_of(unit)}{said}")
        self.hand_over(gone, by_measure or {}, heirs)
        for at, unit in enumerate(self.units):
            changed = given_over(
                unit, "members", [unit.name for unit in gone], names, self.day, self.reason, self.index
            )
            if changed != unit:
                self.units[at] = changed
                self.lines.append(f"成员：{unit.name}")
        self._move_office(gone, heirs)

    def _refuse_lost(self, gone: Sequence[Unit], heirs: Sequence[Unit]) -> None:
        """Nothing may lose who leads it: an unread measure hides duties, and something open wants a lead."""
        if self.before.broken:
            path = next(iter(self.before.broken))
            raise NotAllowedError(f"{path} 读不出来，不知道其中有没有它的职责", "运行 fazhi check，改好再试")
        if heirs:
            return
        names = {unit.name for unit in gone}
        open_ones = [
            measure.id
            for measure in self.measures
            if self._is_open(measure) and not names.isdisjoint(self._charged(measure))
        ]
        if open_ones:
            said = "、".join(self.name_of(unit) for unit in gone)
            raise NotAllowedError(
                f"{said}还牵头没有办结的措施：{listed(open_ones, 20)}", "用 --to 写明由哪个单位承接"
            )

    def _is_open(self, measure: Measure) -> bool:
        if _is_withdrawn(measure, self.day):
            return False
        rows = (*self.view.rows, *self.view.withdrawn)
        status = next((row.state.status for row in rows if row.measure.id == measure.id), None)
        return status is not Status.DONE

    def _charged(self, measure: Measure) -> set[str]:
        """Who leads a measure on the day or later; who is responsible, where nobody leads."""
        found: set[str] = set()
        starts = {self.day}
        starts |= {
            stretch.start
            for field in DUTIES
            for stretch in stretches(measure, field)
            if stretch.start is not None and stretch.start > self.day
        }
        for start in starts:
            names = value_on(measure, "leads", start) or value_on(measure, "responsible", start)
            found |= set(map(self.index.canonical, names))
        return found

    def hand_over(
        self,
        gone: Sequence[Unit],
        by_measure: Mapping[str, Sequence[Unit]],
        others: Sequence[Unit] | None = None,
    ) -> None:
        """Duties of ``gone`` are the heirs' that ``by_measure`` has, else those of ``others``; None: they stay.

        What is closed keeps its duties where nobody takes them over.
        """
        for at, measure in enumerate(self.measures):
            heirs = by_measure.get(measure.id, others)
            if heirs is None or _is_withdrawn(measure, self.day) or not (heirs or self._is_open(measure)):
                continue
            roles = [_ROLES[field] for unit in gone for field in self.duties(unit, measure)]
            names = [self.name_of(heir) for heir in heirs]
            changed = with_duties_of(
                measure, [unit.name for unit in gone], names, self.day, self.reason, self.index
            )
            if changed != measure:
                self.measures[at] = changed
                jointly = "共同" if len(names) > 1 else ""
                whose = f"由{'、'.join(names)}{jointly}承接" if names else "不再列名"
                self.lines.append(f"第 {measure.id} 条 {'、'.join(dict.fromkeys(roles))}：{whose}")

    def _move_office(self, gone: Sequence[Unit], heirs: Sequence[Unit]) -> None:
        """The coordinating office is the successor, where it is one of those that end."""
        if self.plan is None:
            return
        settings, names = self.plan.settings, {unit.name for unit in gone}
        later = [stretch.start for stretch in stretches(settings, "coordinator") if stretch.start]
        for start in (self.day, *(start for start in later if start > self.day)):
            held = str(value_on(settings, "coordinator", start) or "")
            if not held or self.index.canonical(held) not in names:
                continue
            if any(self.index.canonical(held) == heir.name for heir in heirs):
                continue
            if len(heirs) != 1:
                raise NotAllowedError(
                    f"{held}是统筹单位，要先定由哪一个单位统筹",
                    f"先运行 fazhi settings set 统筹单位 单位 --from {self.day} --reason 理由",
                )
            name = self.name_of(heirs[0])
            settings = changed_from(settings, "coordinator", name, start, self.reason)
            self.lines.append(f"统筹单位：{held} -> {name}")
        self.plan = dataclasses.replace(self.plan, settings=settings)

    # ------------------------------------------------------------------ the action

    def action(self, subject: str, *, of_duties: bool = True) -> Action:
        """The files and the commit.  Raises where a rule would be broken or a file has changes by hand."""
        writes = self._writes()
        if not writes:
            raise NotAllowedError("没有改动", "名录里已经是这样")
        status = self.reader.repository.status()
        touched = [path for path in writes if path in (*status.dirty, *status.staged)]
        if touched:
            raise NotAllowedError(
                f"{touched[0]} 里有还没提交的改动", f"先提交它，或用 git checkout -- {touched[0]} 还原，再试"
            )
        self._refuse_faults()
        body = [self.reason, *([""] if self.lines else []), *self.lines]
        if of_duties and (late := self._entered_late()):
            body.append(late)
            self.warnings.append(late)
        numbers = [
            after.id for before, after in zip(self.before.measures, self.measures, strict=True) if before != after
        ]
        identity = self.reader.repository.identity()
        trailers = Trailers(
            measure=join_measures(numbers), unit=one_line(identity.unit), kind=CommitKind.UNITS
        )
        return Action(
            f"{CommitKind.UNITS}：{one_line(subject, 70)}",
            "\n".join(body),
            trailers,
            writes,
            warnings=tuple(self.warnings),
        )

    def _writes(self) -> dict[str, str]:
        writes: dict[str, str] = {}

        def write(path: str, changes: Mapping[KeyPath, object]) -> None:
            if changes:
                writes[path] = edit((self.reader.root / path).read_text("utf-8"), changes)

        units: dict[KeyPath, object] = {}
        for at, unit in enumerate(self.units):
            if at < len(self.before.units):
                units |= _changes(self.before.units[at], unit, ("单位", at))
            else:
                units[("单位", at)] = unit
        write(UNITS_FILE, units)
        if self.plan is not None and self.before.plan is not None:
            write(PLAN_FILE, _changes(self.before.plan.settings, self.plan.settings, ("设置",)))
        for before, after in zip(self.before.measures, self.measures, strict=True):
            write(f"plan/{after.stem}.yaml", _changes(before, after))
        return writes

    def _refuse_faults(self) -> None:
        """Nothing that breaks a rule, and did not before, is written; what a person should see is told."""

        def found(**changes: Any) -> dict[tuple[str, str], Problem]:
            tracker = dataclasses.replace(self.before, root="", problems=(), **changes)
            return {(problem.code, problem.message): problem for problem in check(tracker)}

        before = found()
        after = found(units=tuple(self.units), measures=tuple(self.measures), plan=self.plan)
        for key, problem in after.items():
            if key in before:
                continue
            if problem.severity is Severity.ERROR:
                raise NotAllowedError(problem.message, problem.hint)
            self.warnings.append(f"{problem.message}（{problem.hint}）")

    def _entered_late(self) -> str:
        """That a day in the past is changed afterwards, and how many periods of reports that concerns."""
        if self.day >= self.view.today:
            return ""
        plan = self.view.tracker.plan
        ended = report_periods(plan.settings, plan.period, self.view.today) if plan else ()
        count = sum(period.end >= self.day for period in ended)
        concerned = f"，涉及已截止的 {count} 个报送期" if count else ""
        return f"其后补录：{self.day} 早于今天{concerned}"


def _is_withdrawn(measure: Measure, day: date) -> bool:
    return measure.withdrawn is not None and measure.withdrawn <= day


def _changes(before: object, after: object, path: KeyPath = ()) -> dict[KeyPath, object]:
    """What of a dataclass of the model has to be written anew: key path → value."""
    return {
        (*path, field.key): value
        for field in fields_of(type(after))
        if (value := getattr(after, field.name)) != getattr(before, field.name)
    }


def _whose(unit: Unit, folded: str) -> str:
    """Why a name is a unit's, or was; empty where it is not."""
    if folded in map(fold_text, unit.aliases):
        return f"是{unit.name}的别名"
    for stretch in stretches(unit, "name"):
        if fold_text(stretch.value) != folded:
            continue
        if stretch.end is not None:
            return f"曾是{unit.name}的名称（至 {stretch.end}）"
        return f"是已经撤销的单位的名称（{unit.abolished}）" if unit.abolished else "是名录里的另一个单位"
    return ""

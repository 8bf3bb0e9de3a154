"""沿革 of one measure as a person reads it: what held before, what it came from and where it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, NamedTuple

from fazhi_tui.domain.dated import stretches
from fazhi_tui.domain.model.former import Former
from fazhi_tui.domain.model.measure import Measure

_ONE_DAY = timedelta(days=1)


class HistoryLine(NamedTuple):
    """One line of it: ``when`` (自 or 至) and a day, what began, ended or held then, and why."""

    when: str
    day: date
    text: str
    reason: str = ""

    @property
    def date(self) -> str:
        """``至 2024-08-31``."""
        return f"{self.when} {self.day}"

    @property
    def said(self) -> str:
        """``牵头单位 市政府办公室，依据 机构改革``."""
        return self.text + (f"，依据 {self.reason}" if self.reason else "")


def measure_history(measure: Measure, measures: Sequence[Measure]) -> tuple[HistoryLine, ...]:
    """Everything that is dated of a measure, in order of time; ``measures`` are all there are.

    Both as of one day: then nothing later is in it.
    """
    lines = [*_life(measure, measures), *(_held(entry, "") for entry in measure.history)]
    for item in measure.items:
        lines += [_held(entry, f"{item.id} ") for entry in item.history]
        if item.since is not None and item.since != measure.added:
            came = f"，由 {item.origin} 改编号而来" if item.origin else ""
            lines.append(HistoryLine("自", item.since, f"{item.id} 增列{came}"))
        if item.until is not None:
            lines.append(HistoryLine("至", item.until, f"{item.id} 要求"))
    # What held until a day comes before what began on the next.
    return tuple(sorted(lines, key=lambda line: line.day + (_ONE_DAY if line.when == "至" else timedelta())))


def since_when(dated: Any, name: str) -> date | None:
    """From which day the value of a field holds; None: from the start."""
    return stretches(dated, name)[-1].start


def heirs_of(measure: Measure, measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The measures that came of one, by split or merger."""
    return tuple(other for other in measures if measure.id in other.origins and other is not measure)


def withdrawal(measure: Measure, measures: Sequence[Measure]) -> str:
    """``自 2025-11-20 起已废止，转入第 30、54 条``; empty where it is in force."""
    if measure.withdrawn is None:
        return ""
    heirs = "、".join(other.id for other in heirs_of(measure, measures))
    return f"自 {measure.withdrawn} 起已废止" + (f"，转入第 {heirs} 条" if heirs else "")


def _life(measure: Measure, measures: Sequence[Measure]) -> Iterator[HistoryLine]:
    """When it began and ended, what came into it and what was split off."""
    by_number = {other.id: other for other in measures}
    came = measure.origins
    if measure.added is not None:
        said = f"，由第 {'、'.join(came)} 条而来" if came else ""
        yield HistoryLine("自", measure.added, f"增设{said}")
    else:
        for number in came:
            origin = by_number.get(number)
            if origin is not None and origin.withdrawn is not None:
                yield HistoryLine("自", origin.withdrawn, f"并入第 {number} 条")
    for heir in heirs_of(measure, measures):
        if measure.withdrawn is None and heir.added is not None:
            yield HistoryLine("自", heir.added, f"分出第 {heir.id} 条")
    if measure.withdrawn is not None:
        said = withdrawal(measure, measures).partition("，")[2]
        yield HistoryLine("自", measure.withdrawn, "废止" + (f"，{said}" if said else ""))


def _held(entry: Former, label: str) -> HistoryLine:
    keys = {field.name: field.metadata["key"] for field in fields(entry)}  # type: ignore[arg-type]
    said = "；".join(f"{keys[name]} {_value(value)}" for name, value in entry.said.items())
    return HistoryLine("至", entry.until, label + said, entry.reason)


def _value(value: object) -> str:
    if value is None or value == ():
        return "（无）"
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)

"""``fazhi units``: the bodies and how many measures name them."""

from __future__ import annotations

from fazhi_tui.cli.options import argument
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.tables import Column, table
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import to_json
from fazhi_tui.service.reporting.stats import UnitLoad, unit_loads

COLUMNS = (
    Column("单位", least=20),
    Column("类别"),
    *(Column(name, right=True) for name in ("牵头", "参加", "责任", "合计")),
    Column("别名", least=8),
)


@command(
    "units",
    "members",
    "at",
    "json",
    "repo",
    "today",
    words=argument("文字", "名称的一部分、别名、拼音或拼音首字母；不写则列出全部。"),
)
def units(read: ReadContext) -> None:
    """列出单位，以及各自牵头、参加、负责的措施数。

    类别为集合的（如 市政府各委办局）只计条文直接写明它的措施；加 --members 才也计入成员单位。

    例：
      fazhi units
      fazhi units sfj
      fazhi units 应急 --json
    """
    wanted = " ".join(read.words).strip()
    loads = unit_loads(read.view, wanted)
    if wanted and not loads and not read.json:
        # Nothing found is an answer with a hint for a person; a script reads an empty list.
        raise UsageError(f"没有叫「{one_line(wanted, 30)}」的单位", read.view.index.hint(wanted))
    read.answer(
        lambda: [{**to_json(load.unit), "类别": load.unit.kind.value, **_figures(load)} for load in loads],
        lambda width: table(COLUMNS, [_cells(load) for load in loads], width),
    )


def _figures(load: UnitLoad) -> dict[str, int]:
    return {"牵头": load.lead, "参加": load.participant, "责任": load.responsible, "合计": load.total}


def _cells(load: UnitLoad) -> tuple[str, ...]:
    kind = load.unit.kind.value if load.unit.kind is UnitKind.COLLECTIVE else ""
    aliases = one_line("、".join(load.unit.aliases))
    return (one_line(load.unit.name), kind, *map(str, _figures(load).values()), aliases)

"""``fazhi units``: the bodies and how many measures name them."""

from __future__ import annotations

from typing import Annotated

import typer

from fazhi_tui.cli.commands.list import warn_of_problems
from fazhi_tui.cli.options import AtOption, JsonOption, MembersOption, RepoOption, TodayOption, open_reader
from fazhi_tui.cli.output import out, out_json
from fazhi_tui.cli.tables import Column, table, terminal_width
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import to_json
from fazhi_tui.service.reporting.workload import UnitLoad, unit_loads

app = typer.Typer()

COLUMNS = (
    Column("单位", least=20),
    Column("类别"),
    Column("牵头", right=True),
    Column("参加", right=True),
    Column("责任", right=True),
    Column("合计", right=True),
    Column("别名", least=8),
)


@app.command("units")
def units(
    context: typer.Context,
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="文字", help="名称的一部分、别名、拼音或拼音首字母；不写则列出全部。"),
    ] = None,
    members: MembersOption = False,
    at: AtOption = None,
    json: JsonOption = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> None:
    """列出单位，以及各自牵头、参加、负责的措施数。

    类别为集合的（如 市政府各委办局）只计条文直接写明它的措施；加 --members 才也计入成员单位。

    例：
      fazhi units
      fazhi units sfj
      fazhi units 应急 --json
    """
    view = open_reader(context, repo, today, members=members, at=at).load()
    wanted = " ".join(text or ()).strip()
    loads = unit_loads(view, wanted)
    if json:
        out_json([_json(load) for load in loads])
    elif wanted and not loads:
        # Nothing found is an answer with a hint for a person; a script reads an empty list.
        raise UsageError(f"没有叫「{one_line(wanted, 30)}」的单位", view.index.hint(wanted))
    else:
        out("\n".join(table(COLUMNS, [_cells(load) for load in loads], terminal_width())))
    warn_of_problems(view)


def _cells(load: UnitLoad) -> tuple[str, ...]:
    unit = load.unit
    return (
        one_line(unit.name),
        unit.kind.value if unit.kind is UnitKind.COLLECTIVE else "",
        str(load.lead),
        str(load.participant),
        str(load.responsible),
        str(load.total),
        one_line("、".join(unit.aliases)),
    )


def _json(load: UnitLoad) -> dict[str, object]:
    return {
        **to_json(load.unit),
        "类别": load.unit.kind.value,
        "牵头": load.lead,
        "参加": load.participant,
        "责任": load.responsible,
        "合计": load.total,
    }

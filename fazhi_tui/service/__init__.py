"""The use cases.  The screen and the command line call this package and nothing below it but ``model``.

Reading loads neither git nor textual: what needs git imports that room when it is first used.  The
names below are loaded when they are first used, too, so that a list does not pay for reporting.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fazhi_tui.records import to_json as as_json
    from fazhi_tui.service.actions import Action, Batch, Done, Filed, ReportRequest, StaleError
    from fazhi_tui.service.importing import (
        Change,
        ChangeKind,
        Import,
        Written,
        compare,
        prepare_import,
        revise,
        write_import,
    )
    from fazhi_tui.service.loads import UnitLoad, unit_loads
    from fazhi_tui.service.locate import find_root, today_from
    from fazhi_tui.service.refusals import system_words
    from fazhi_tui.service.view import View, view_of
    from fazhi_tui.service.workspace import Workspace

__all__ = [
    "Action",
    "Batch",
    "Change",
    "ChangeKind",
    "Done",
    "Filed",
    "Import",
    "ReportRequest",
    "StaleError",
    "UnitLoad",
    "View",
    "Workspace",
    "Written",
    "as_json",
    "compare",
    "find_root",
    "prepare_import",
    "revise",
    "system_words",
    "today_from",
    "unit_loads",
    "view_of",
    "write_import",
]

_HOMES = {
    "Action": "actions",
    "Batch": "actions",
    "Change": "importing",
    "ChangeKind": "importing",
    "Done": "actions",
    "Filed": "actions",
    "Import": "importing",
    "ReportRequest": "actions",
    "StaleError": "actions",
    "UnitLoad": "loads",
    "View": "view",
    "Workspace": "workspace",
    "Written": "importing",
    "compare": "importing",
    "find_root": "locate",
    "prepare_import": "importing",
    "revise": "importing",
    "system_words": "refusals",
    "today_from": "locate",
    "unit_loads": "loads",
    "view_of": "view",
    "write_import": "importing",
}


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name == "as_json":
        from fazhi_tui.records import to_json

        value: Any = to_json
    elif name in _HOMES:
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value

"""The use cases.  The screen and the command line call this package and nothing below it but ``model``.

Reading loads neither git nor textual: what needs git imports that room when it is first used.  The
names below are loaded when they are first used, too, so that a list does not pay for reporting.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fazhi_tui.records import to_json as as_json
    from fazhi_tui.records.combine import Clash, Side
    from fazhi_tui.service.actions import Action, Batch, Done, Filed, ReportRequest, StaleError
    from fazhi_tui.service.audit_report import report_json
    from fazhi_tui.service.auditing import AuditFault, AuditReport
    from fazhi_tui.service.boards import (
        BoardColumn,
        Move,
        board_of,
        move_beside,
        moves_from,
        moves_of,
        stops_of,
        why_not,
    )
    from fazhi_tui.service.comparing import FieldChange, MeasureChange, compare_views
    from fazhi_tui.service.demo import DEMO_TODAY, Demo, build_demo
    from fazhi_tui.service.digest import Digest, DigestKind, DigestLine, digest_of
    from fazhi_tui.service.drafts import Draft, Drafts
    from fazhi_tui.service.editing import edited
    from fazhi_tui.service.exchange import Exchange, Settling, Synced
    from fazhi_tui.service.figures import Group, Stats, UnitFigures, due_quarters, stats_of
    from fazhi_tui.service.folders import FolderEntry, FolderListing, list_folder
    from fazhi_tui.service.home import Home, HomeEntry, HomeGroup, current_period, home_of
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
    from fazhi_tui.service.initializing import new_tracker
    from fazhi_tui.service.loads import UnitLoad, unit_loads
    from fazhi_tui.service.locate import find_root, today_from
    from fazhi_tui.service.manual import manual_page, manual_pages
    from fazhi_tui.service.missing import MissingReport, missing_reports, period_named, periods_of, reporters
    from fazhi_tui.service.preferences import (
        LoadedPreferences,
        Preferences,
        ScreenState,
        load_preferences,
        load_screen_state,
        save_screen_state,
        save_theme,
    )
    from fazhi_tui.service.proposing import Proposal, proposal_markdown, proposal_title
    from fazhi_tui.service.readings import read_aloud
    from fazhi_tui.service.refusals import READ_ONLY, system_words
    from fazhi_tui.service.settling import Settlement
    from fazhi_tui.service.stories import CommitStory
    from fazhi_tui.service.submitting import Submitted
    from fazhi_tui.service.templates import (
        OfferedTemplate,
        blanks_of,
        filled_in,
        first_blank,
        template_named,
        templates_for,
    )
    from fazhi_tui.service.timelines import (
        OVERDUE_GROUP,
        Axis,
        Dated,
        Due,
        Standing,
        TimeGroup,
        Zoom,
        axis_for,
        dues_of,
        groups_of,
        label_of,
        moved,
        quarter_name,
        timeline_of,
        years_of,
    )
    from fazhi_tui.service.urging import (
        UrgeItem,
        UrgeSheet,
        markdown_text,
        sheet_markdown,
        urge_request,
        urge_sheet,
        wants_urging,
    )
    from fazhi_tui.service.view import Past, View, view_of
    from fazhi_tui.service.views import KeptView, KeptViews
    from fazhi_tui.service.workspace import Workspace

__all__ = [
    "DEMO_TODAY",
    "OVERDUE_GROUP",
    "READ_ONLY",
    "Action",
    "AuditFault",
    "AuditReport",
    "Axis",
    "Batch",
    "BoardColumn",
    "Change",
    "ChangeKind",
    "Clash",
    "CommitStory",
    "Dated",
    "Demo",
    "Digest",
    "DigestKind",
    "DigestLine",
    "Done",
    "Draft",
    "Drafts",
    "Due",
    "Exchange",
    "FieldChange",
    "Filed",
    "FolderEntry",
    "FolderListing",
    "Group",
    "Home",
    "HomeEntry",
    "HomeGroup",
    "Import",
    "KeptView",
    "KeptViews",
    "LoadedPreferences",
    "MeasureChange",
    "MissingReport",
    "Move",
    "OfferedTemplate",
    "Past",
    "Preferences",
    "Proposal",
    "ReportRequest",
    "ScreenState",
    "Settlement",
    "Settling",
    "Side",
    "StaleError",
    "Standing",
    "Stats",
    "Submitted",
    "Synced",
    "TimeGroup",
    "UnitFigures",
    "UnitLoad",
    "UrgeItem",
    "UrgeSheet",
    "View",
    "Workspace",
    "Written",
    "Zoom",
    "as_json",
    "axis_for",
    "blanks_of",
    "board_of",
    "build_demo",
    "compare",
    "compare_views",
    "current_period",
    "digest_of",
    "due_quarters",
    "dues_of",
    "edited",
    "filled_in",
    "find_root",
    "first_blank",
    "groups_of",
    "home_of",
    "label_of",
    "list_folder",
    "load_preferences",
    "load_screen_state",
    "manual_page",
    "manual_pages",
    "markdown_text",
    "missing_reports",
    "move_beside",
    "moved",
    "moves_from",
    "moves_of",
    "new_tracker",
    "period_named",
    "periods_of",
    "prepare_import",
    "proposal_markdown",
    "proposal_title",
    "quarter_name",
    "read_aloud",
    "report_json",
    "reporters",
    "revise",
    "save_screen_state",
    "save_theme",
    "sheet_markdown",
    "stats_of",
    "stops_of",
    "system_words",
    "template_named",
    "templates_for",
    "timeline_of",
    "today_from",
    "unit_loads",
    "urge_request",
    "urge_sheet",
    "view_of",
    "wants_urging",
    "why_not",
    "write_import",
    "years_of",
]

_HOMES = {
    "templates_for": "templates",
    "template_named": "templates",
    "first_blank": "templates",
    "blanks_of": "templates",
    "filled_in": "templates",
    "OfferedTemplate": "templates",
    "edited": "editing",
    "Drafts": "drafts",
    "Draft": "drafts",
    "manual_page": "manual",
    "manual_pages": "manual",
    "LoadedPreferences": "preferences",
    "Preferences": "preferences",
    "ScreenState": "preferences",
    "load_preferences": "preferences",
    "load_screen_state": "preferences",
    "save_screen_state": "preferences",
    "save_theme": "preferences",
    "BoardColumn": "boards",
    "Move": "boards",
    "board_of": "boards",
    "move_beside": "boards",
    "moves_from": "boards",
    "moves_of": "boards",
    "stops_of": "boards",
    "why_not": "boards",
    "Axis": "timelines",
    "OVERDUE_GROUP": "timelines",
    "Dated": "timelines",
    "Due": "timelines",
    "Standing": "timelines",
    "TimeGroup": "timelines",
    "Zoom": "timelines",
    "axis_for": "timelines",
    "dues_of": "timelines",
    "groups_of": "timelines",
    "label_of": "timelines",
    "moved": "timelines",
    "quarter_name": "timelines",
    "timeline_of": "timelines",
    "years_of": "timelines",
    "CommitStory": "stories",
    "new_tracker": "initializing",
    "Submitted": "submitting",
    "proposal_title": "proposing",
    "proposal_markdown": "proposing",
    "Proposal": "proposing",
    "Clash": "settling",
    "Exchange": "exchange",
    "Settlement": "settling",
    "Settling": "exchange",
    "Side": "settling",
    "Synced": "exchange",
    "Action": "actions",
    "AuditFault": "auditing",
    "AuditReport": "auditing",
    "Batch": "actions",
    "Change": "importing",
    "ChangeKind": "importing",
    "DEMO_TODAY": "demo",
    "Demo": "demo",
    "Digest": "digest",
    "DigestKind": "digest",
    "DigestLine": "digest",
    "Done": "actions",
    "FieldChange": "comparing",
    "Filed": "actions",
    "FolderEntry": "folders",
    "FolderListing": "folders",
    "Group": "figures",
    "Home": "home",
    "HomeEntry": "home",
    "HomeGroup": "home",
    "KeptView": "views",
    "KeptViews": "views",
    "Import": "importing",
    "MeasureChange": "comparing",
    "MissingReport": "missing",
    "Past": "view",
    "READ_ONLY": "refusals",
    "ReportRequest": "actions",
    "StaleError": "actions",
    "Stats": "figures",
    "UnitFigures": "figures",
    "UnitLoad": "loads",
    "UrgeItem": "urging",
    "UrgeSheet": "urging",
    "View": "view",
    "Workspace": "workspace",
    "Written": "importing",
    "build_demo": "demo",
    "compare": "importing",
    "compare_views": "comparing",
    "current_period": "home",
    "digest_of": "digest",
    "due_quarters": "figures",
    "find_root": "locate",
    "home_of": "home",
    "list_folder": "folders",
    "markdown_text": "urging",
    "missing_reports": "missing",
    "period_named": "missing",
    "periods_of": "missing",
    "prepare_import": "importing",
    "read_aloud": "readings",
    "report_json": "audit_report",
    "reporters": "missing",
    "revise": "importing",
    "sheet_markdown": "urging",
    "stats_of": "figures",
    "system_words": "refusals",
    "today_from": "locate",
    "unit_loads": "loads",
    "urge_request": "urging",
    "urge_sheet": "urging",
    "view_of": "view",
    "wants_urging": "urging",
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

"""The files of a plan as text; how YAML is written is the business of ``records`` alone."""

from __future__ import annotations

from fazhi_tui.importer.result import Imported
from fazhi_tui.records.yaml.emitter import dump


def render(imported: Imported) -> dict[str, str]:
    """Every file of ``plan/`` that an import makes, by its path in the repository."""
    files = {"plan/plan.yaml": dump(imported.plan), "plan/units.yaml": dump(imported.register)}
    for measure in imported.measures:
        files[f"plan/{measure.stem}.yaml"] = dump(measure)
    return files

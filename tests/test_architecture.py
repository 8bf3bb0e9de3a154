"""What holds the house together: no circle between modules, and keys in the table of actions alone."""

from __future__ import annotations

import ast
import graphlib
from pathlib import Path

import grimp

ROOM = Path(__file__).resolve().parents[1] / "fazhi_tui"
#: Bindings that are no action of a table, each with its reason beside it in the code.
MOST_BINDINGS = 6


def circle() -> list[str]:
    """The modules of one import circle, or none; imports that only the type checker sees are counted."""
    graph = grimp.build_graph("fazhi_tui", exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_imports_itself_through_others() -> None:
    assert circle() == []


def test_keys_are_bound_in_the_room_of_actions() -> None:
    found = [
        f"{file.relative_to(ROOM)}:{node.lineno}"
        for file in sorted((ROOM / "tui").rglob("*.py"))
        if "actions" not in file.relative_to(ROOM).parts
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Binding"
    ]
    assert len(found) <= MOST_BINDINGS, found

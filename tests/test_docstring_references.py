"""What docstrings and comments point to with ``:mod:``, ``:func:``, ``:class:`` and the like is there."""

from __future__ import annotations

import ast
import builtins
import re
from pathlib import Path

from tests.conftest import REPOSITORY

_PACKAGE = REPOSITORY / "fazhi_tui"
_REFERENCE = re.compile(r":(mod|func|class|meth|attr|data):`~?([^`]+)`")
_MODULES = sorted(_PACKAGE.rglob("*.py"))


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")


def _names(path: Path) -> set[str]:
    """Every name that is bound anywhere in a module: functions, classes, members, imports, variables."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).rpartition(".")[2])
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def test_what_is_pointed_to_is_there() -> None:
    names = {module: _names(module) for module in _MODULES}
    everywhere = set().union(*names.values(), dir(builtins))
    missing = []
    for path in _MODULES:
        for role, target in _REFERENCE.findall(path.read_text("utf-8")):
            name = target.lstrip(".").removesuffix("()")
            module, _, last = name.rpartition(".")
            if role == "mod":
                module, last = name, ""
            homes = (
                [home for home in _MODULES if f".{_dotted(home)}".endswith(f".{module}")] if module else []
            )
            if homes:
                found = not last or any(last in names[home] for home in homes)
            else:
                found = role != "mod" and {name.partition(".")[0], last} <= everywhere
            if not found:
                missing.append((_dotted(path), target))
    assert missing == []

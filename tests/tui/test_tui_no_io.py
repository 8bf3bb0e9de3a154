"""The room of the screen does no I/O of its own: files, processes and the network are the service's."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TUI = Path(__file__).resolve().parents[2] / "fazhi_tui" / "tui"
MODULES = sorted(TUI.rglob("*.py"))
#: What reads, writes, starts or asks anything outside the process.
FORBIDDEN = {
    "os", "io", "pathlib", "shutil", "subprocess", "socket", "tempfile", "urllib", "http", "glob",
    "webbrowser", "sqlite3", "json", "ruamel", "git", "platformdirs", "importlib",
}  # fmt: skip
CALLS = {"open", "input", "print", "exec", "eval"}
METHODS = {"read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "iterdir", "urlopen"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(TUI).as_posix())
def test_a_module_of_the_screen_touches_nothing_outside(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        assert not {name.partition(".")[0] for name in names} & FORBIDDEN, f"{module}:{node.lineno}"  # type: ignore[attr-defined]
        if isinstance(node, ast.Call):
            called = node.func
            assert not (isinstance(called, ast.Name) and called.id in CALLS), f"{module}:{node.lineno}"
            assert not (isinstance(called, ast.Attribute) and called.attr in METHODS), (
                f"{module}:{node.lineno}"
            )

"""Modules of ``domain`` run anew.

The functions that make a table run when its module is imported: once for all tests.  Run anew, they can be
asked what they make of it now, which is how a mutant in one of them is seen.
"""

from __future__ import annotations

from importlib.util import find_spec, module_from_spec
from typing import Any


def fresh(name: str) -> Any:
    """``fazhi_tui.domain.<name>``, run once more and known to nobody else."""
    spec = find_spec(f"fazhi_tui.domain.{name}")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

"""Which versions of the plan's files each commit replaced: one ``git log --raw`` for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_tui.vcs.log import NO_ORDER
from fazhi_tui.vcs.runner import Runner

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_RAW = re.compile(r":\d{6} \d{6} ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*")


@dataclass(frozen=True, slots=True)
class Edit:
    """One file of the plan that a commit changed: the blobs before and after, zeros where there is none."""

    commit: str
    path: str
    before: str
    after: str


def read_edits(runner: Runner, *words: str) -> Iterator[Edit]:
    """The changes to ``plan/*.yaml`` in the commits that ``git log words…`` gives, newest first."""
    relative = ("--relative",) if runner.places.prefix else ()
    answer = runner.run(
        "-c", "log.showRoot=true", "log", NO_ORDER, "-z", "--format=%x00%H%x00", "--raw", "--no-abbrev",
        "--no-renames", "--no-color", "--no-show-signature", "--no-ext-diff", *relative, *words,
        "--", "plan", action="读取方案的改动",
    )  # fmt: skip
    commit = ""
    parts = iter(answer.out.decode("utf-8", "replace").split("\0"))
    for part in parts:
        if _COMMIT.fullmatch(part):
            commit = part
        elif found := _RAW.fullmatch(part.strip("\n")):
            path = next(parts, "")
            if path.endswith(".yaml") and path.count("/") == 1:
                yield Edit(commit, path, found[1], found[2])

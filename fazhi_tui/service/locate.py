"""Where the tracker is, and what day it is: the two things every use begins with."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timezone
from pathlib import Path

from fazhi_tui.domain.as_of import zone_in
from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.text.visible import one_line

PLAN_FILE = Path("plan", "plan.yaml")


#: The day that an example keeps in its own git configuration.
_EXAMPLE_DAY = re.compile(r"^\[fazhi\](?:\n\t.*)*?\n\ttoday = ([0-9]{4}-[0-9]{2}-[0-9]{2})$", re.MULTILINE)


def clock_day(root: Path) -> date:
    """The day that it is for a tracker: an example's own, else the clock's in the plan's 时区."""
    # Read as text: a list must not wait for git, and the plan is read in full later.
    found = _EXAMPLE_DAY.search(_text_of(root / ".git" / "config"))
    if found:
        return date.fromisoformat(found[1])
    return datetime.now(plan_zone(root)).date()


def plan_zone(root: Path) -> timezone:
    """The zone that the plan takes its days in."""
    return zone_in(_text_of(root / PLAN_FILE))


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def today_from(root: Path, option: str | None = None, environ: Mapping[str, str] = os.environ) -> date:
    """The day that lights count from: ``--today``, else ``FAZHI_TODAY``, else :func:`clock_day`.

    Raises :class:`UsageError` where the text is no day.
    """
    for source, text in (("--today", option), ("FAZHI_TODAY", environ.get("FAZHI_TODAY"))):
        if text:
            try:
                day = date.fromisoformat(text)
                # Day arithmetic around it must stay within what a date can hold.
                if not 1900 <= day.year <= 2999:
                    raise ValueError(text)
                return day
            except ValueError:
                raise UsageError(
                    f"{source} 的值“{one_line(text, 30)}”不是日期", "写成 年-月-日，例如 2023-06-30"
                ) from None
    return clock_day(root)


def find_root(
    option: str | None = None, environ: Mapping[str, str] = os.environ, start: Path | None = None
) -> Path:
    """The repository's root: ``--repo``, else ``FAZHI_REPO``, else the nearest folder upward with a plan.

    Raises :class:`RepositoryError` where there is none, saying where it was looked for.
    """
    for source, text in (("--repo", option), ("FAZHI_REPO", environ.get("FAZHI_REPO"))):
        if text:
            # ``~nobody`` has no home folder: then the text is taken as it stands.
            with suppress(RuntimeError):
                text = str(Path(text).expanduser())
            root = Path(text).absolute()
            if _is_root(root):
                return root
            raise RepositoryError(
                f"{source} 指向的 {root} 不是台账：其中没有 {PLAN_FILE.as_posix()}",
                "指向含有 plan/plan.yaml 的目录",
            )
    try:
        here = (start or Path.cwd()).absolute()
    except FileNotFoundError:
        raise RepositoryError("当前目录已不存在", "先 cd 到台账所在目录") from None
    for folder in (here, *here.parents):
        if _is_root(folder):
            return folder
    raise RepositoryError(
        f"没有找到台账：{here} 及其上级目录都没有 {PLAN_FILE.as_posix()}",
        "cd 到台账目录，或用 --repo 目录 指定，或设置环境变量 FAZHI_REPO",
    )


def _is_root(folder: Path) -> bool:
    # A folder that lost plan.yaml but still holds measures is a damaged tracker, to be shown as such.
    try:
        return (folder / PLAN_FILE).exists() or any((folder / "plan").glob("[0-9][0-9].yaml"))
    except OSError:
        return False

"""When something is committed to an example, which has a day of its own (git config fazhi.today)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from fazhi_tui.vcs.runner import Runner


def example_moment(runner: Runner, day: str, *others: str, least: datetime | None = None) -> datetime | None:
    """The moment of a commit on HEAD (and ``others``, of a merge); None where ``day`` is that of no example.

    The clock's time on the example's day: no earlier than the commits that it stands on and than ``least``,
    whatever time of day these bear.  What somebody committed on a later day by git itself lifts nothing: it
    would lift what is filed out of the day that it has to count on.
    """
    try:
        own = date.fromisoformat(day)
    except ValueError:
        return None
    moments = [datetime.combine(own, datetime.now(runner.zone).timetz()).replace(microsecond=0)]
    moments += [least] if least is not None else []
    # Nothing has been committed yet: 128.
    said = runner.run(
        "log", "--no-walk", "--format=%ct", "HEAD", *others, "--", action="读取提交时间", ok=(0, 128)
    ).text
    moments += [datetime.fromtimestamp(int(line), runner.zone) for line in said.split() if line.isdigit()]
    return max(moment for moment in moments if moment.astimezone(runner.zone).date() <= own)


def dates_of(moment: datetime | None) -> Mapping[str, str]:
    """What tells git when a commit is made; nothing where that is now."""
    said = f"{moment:%Y-%m-%dT%H:%M:%S%z}" if moment is not None else ""
    return {"GIT_AUTHOR_DATE": said, "GIT_COMMITTER_DATE": said} if said else {}

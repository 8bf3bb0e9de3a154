"""A new tracker without a document, and what an existing one needs for review: pipeline and hook."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.plan import Plan, Span
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.unit import Unit, UnitRegister
from fazhi_tui.domain.system_errors import refusals_as
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.files import write_atomic
from fazhi_tui.records.loader import load
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.exchange.forges import Forge
from fazhi_tui.service.exchange.pipelines import pipeline_files
from fazhi_tui.service.notes.request import Action
from fazhi_tui.vcs.remote import Network
from fazhi_tui.vcs.trailers import Trailers, commit_message

if TYPE_CHECKING:
    from fazhi_tui.service.importing.create import Written
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.vcs.repository import Repository

#: By what our own hook is known again.
_HOOK_MARK = "fazhi init --hooks"

_HOOK = """\
#!/bin/sh
# 提交前检查台账里要提交的文件（{mark} 写的；不要它了就删掉这个文件）。
fazhi={program}
[ -x "$fazhi" ] || fazhi=$(command -v fazhi) || {{
    echo '找不到 fazhi，没有检查台账' >&2
    exit 0
}}
exec "$fazhi" --repo {root} check --staged
"""


def new_tracker(into: Path, title: str, period: str = "", office: str = "") -> Written:
    """An empty tracker in a new folder, as a repository with its first commit.

    ``period`` is ``2022..2025`` or two days; without it the years in the title count.  ``office`` is the
    coordinating office.  Raises :class:`UsageError` for a folder that holds anything or a period that
    cannot be told, :class:`RepositoryError` where git or the file system refuses.
    """
    from fazhi_tui.domain.text.pinyin import pinyin_of
    from fazhi_tui.service.importing.create import new_repository
    from fazhi_tui.service.importing.tracker_template import template_files

    title = one_line(title).strip()
    if not title:
        raise UsageError("没有写方案的全称", '例如 --title "XX市法治政府建设实施方案（2022—2025年）"')
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise UsageError(f"{one_line(str(into))} 不是空目录，没有改动", "写一个尚不存在的目录")
    units = (Unit(office, pinyin=pinyin_of(office)),) if office else ()
    plan = Plan(
        title, _period(title, period), settings=Settings(coordinator=office) if office else Settings()
    )
    files = template_files()
    files["plan/plan.yaml"] = dump(plan).encode()
    files["plan/units.yaml"] = dump(UnitRegister(units)).encode()
    message = commit_message(f"{CommitKind.NEW}：{title[:60]}", "", Trailers(kind=CommitKind.NEW))
    return new_repository(into, files, message)


def _period(title: str, text: str) -> Span:
    from fazhi_tui.importer.recognise.period import find_period

    if text:
        from datetime import date

        from fazhi_tui.domain.deadlines.dates import parse_day_range

        found = parse_day_range(text, date(2000, 1, 1))
        if found.start is None or found.end is None:
            raise UsageError(f"期间「{one_line(text, 30)}」没有写全", "例如 --period 2022..2025")
        return Span(found.start, found.end)
    guessed = find_period(title, "")
    if guessed is None:
        raise UsageError("标题里看不出起止年份", "用 --period 写明，例如 --period 2022..2025")
    return guessed.span


def prepare_pipeline(reader: Reader, forge: str, *, replace: bool = False) -> Action:
    """The commit that gives a tracker its pipeline, template and CODEOWNERS; writes nothing.

    Raises :class:`UsageError` for an unknown server, and where a file is there with other content
    (``replace`` overwrites it).
    """
    known = {server.value: server for server in Forge if server is not Forge.OTHER}
    if forge not in known:
        raise UsageError(f"不认识的服务器类型「{one_line(forge, 20)}」", f"可以写：{'、'.join(known)}")
    reader.refuse_read_only()
    root, repository = reader.root, reader.repository
    prefix = root.resolve().relative_to(repository.top).as_posix()
    if prefix != ".":
        raise UsageError("台账不在仓库的最上层，流水线文件要放在最上层", "在仓库最上层建台账，或手工写流水线")
    tracker = load(root)
    office = tracker.plan.settings.coordinator if tracker.plan else ""
    has_program = (root / "fazhi_tui" / "__init__.py").is_file() and (root / "requirements.lock").is_file()
    files = pipeline_files(
        known[forge], tracker.measures, tracker.units, office, _main(repository), own_program=has_program
    )
    writes = {path: text for path, text in files.items() if _differs(root / path, text, replace=replace)}
    if not writes:
        raise UsageError("流水线文件都已经有了，没有不同", "改过 plan/units.yaml 之后再生成")
    return Action(
        f"{CommitKind.SETUP}：{known[forge]} 的检查流程",
        "合并请求由 fazhi check --base 检查；CODEOWNERS 取自联络员。",
        Trailers(kind=CommitKind.SETUP), dict(writes),
    )  # fmt: skip


def _main(repository: Repository) -> str:
    network = Network(repository.runner)
    remotes = network.remotes()
    found = network.default_branch("origin" if "origin" in remotes else remotes[0]) if remotes else ""
    return found or repository.branch() or "main"


def _differs(path: Path, text: str, *, replace: bool) -> bool:
    differs = not path.exists() or path.read_bytes() != text.encode()
    if differs and path.exists() and not replace:
        raise UsageError(f"{path.name} 已经有了，内容不同，没有改动：{path}", "要换成新的，加 --replace")
    return differs


def install_hook(reader: Reader, program: str) -> Path:
    """Put the pre-commit check where git looks for hooks; the hook's file.

    ``program`` is this fazhi.  Raises :class:`UsageError` where somebody else's hook is there.
    """
    reader.refuse_read_only()
    path = reader.repository.hooks_dir() / "pre-commit"
    with refusals_as(f"写不了 {path}", "看看目录的写权限"):
        if path.exists() and _HOOK_MARK not in path.read_text("utf-8", "replace"):
            raise UsageError(
                f"已经有一个 pre-commit 钩子，没有改动：{path}",
                "在它里面加一行：fazhi check --staged || exit 1",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        text = _HOOK.format(
            mark=_HOOK_MARK, program=shlex.quote(program), root=shlex.quote(os.fspath(reader.root))
        )
        write_atomic(path, text)
        path.chmod(0o755)
    return path

"""What is wrong with git or the repository, and how to mend it."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.vcs import operation
from fazhi_tui.vcs.error_messages import IDENTITY_HINT, GitError
from fazhi_tui.vcs.identity import read_settings
from fazhi_tui.vcs.paths import Places
from fazhi_tui.vcs.runner import Runner
from fazhi_tui.vcs.status import read_status

#: The oldest git with everything that is used here (``--end-of-options``, ``status --no-renames``).
OLDEST = (2, 25)
#: From how many commits on a commit-graph makes the log faster (issue "Git as the audit trail").
MANY_COMMITS = 5000
#: How far the clock may be behind that of who made the last commit.
CLOCK_SKEW = timedelta(minutes=5)
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-push")


def git_version(runner: Runner) -> str:
    """Git's version, e.g. ``2.39.5``."""
    return runner.run("version", action="查看 git 版本").text.removeprefix("git version ").strip()


def is_ignored(runner: Runner, path: str) -> bool:
    """Whether git's ignore rules leave this path out, tracked or not."""
    words = ("check-ignore", "--quiet", "--no-index", "-z", "--stdin")
    fed = f"{path}\0".encode("utf-8", "surrogateescape")
    return runner.run(*words, action="查看忽略规则", ok=(0, 1), stdin=fed).code == 0


def unmerged(runner: Runner) -> list[str]:
    """The paths with conflicts that nobody has resolved, in the whole work tree."""
    answer = runner.run("ls-files", "--unmerged", "-z", "--", ":(top)", action="查看冲突")
    records = answer.out.decode("utf-8", "replace").split("\0")
    return list(dict.fromkeys(record.partition("\t")[2] for record in records if record))


def refuse_unwritable(places: Places) -> None:
    """Raise :class:`RepositoryError` where git could not write a commit for want of permission."""
    for path in (places.git_dir, places.common_dir / "objects", places.common_dir / "refs" / "heads"):
        if path.exists() and not os.access(path, os.W_OK):
            raise RepositoryError(
                f"没有写 {path} 的权限，不能提交", "看看它属于谁、磁盘是否只读；共用的仓库由管理员设好组权限"
            )


def diagnose(runner: Runner) -> tuple[Problem, ...]:
    """Every fault that can be seen from here; a git that refuses to answer is one of them."""
    found: list[Problem] = []
    for check in _CHECKS:
        try:
            found += check(runner)
        except GitError as error:
            # One cause makes many checks fail: it is told once.
            if all(problem.message != error.message for problem in found):
                found.append(_problem("git-refused", error.message, error.hint))
    return tuple(found)


def repository_facts(runner: Runner) -> tuple[tuple[str, str], ...]:
    """What is so, right or wrong: name and value.  Raises :class:`RepositoryError` where git refuses."""
    config = _configuration(runner)
    identity = read_settings(runner).identity
    places = runner.places
    status = read_status(runner)
    upstream = config.get(f"branch.{status.branch}.merge", "").removeprefix("refs/heads/")
    remote = config.get(f"branch.{status.branch}.remote", "")
    return (
        ("git 版本", git_version(runner)),
        ("仓库", str(places.top)),
        ("台账", str(places.root)),
        ("分支", status.branch or "（游离）"),
        ("上游", f"{remote}/{upstream}" if upstream else "没有"),
        ("单位", identity.unit or "没有设置"),
        ("姓名", identity.name or "没有设置"),
        ("邮箱", identity.email or "没有设置"),
        ("钩子", "、".join(_hooks(places, config)) or "没有"),
        ("签名", _signing(config)),
        ("core.autocrlf", config.get("core.autocrlf", "没有设置")),
        ("core.quotePath", config.get("core.quotepath", "没有设置")),
        ("commit-graph", "有" if _has_graph(places) else "没有"),
    )


# ------------------------------------------------------------------ the checks, in the order they are told


def _check_version(runner: Runner) -> Iterator[Problem]:
    version = git_version(runner)
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    if numbers < OLDEST:
        yield _problem(
            "git-too-old", f"git {version} 太旧", f"需要 {OLDEST[0]}.{OLDEST[1]} 或更新的版本，请升级 git"
        )


def _check_identity(runner: Runner) -> Iterator[Problem]:
    identity = read_settings(runner).identity
    if not identity.name or not identity.email:
        yield _problem("no-identity", "git 不知道提交人是谁", IDENTITY_HINT)
    if not identity.unit:
        yield _problem(
            "no-unit",
            "没有设置填报单位",
            'git config fazhi.unit "单位名称"，或第一次填报时填写',
            Severity.WARNING,
        )


def _check_state(runner: Runner) -> Iterator[Problem]:
    places = runner.places
    under_way = operation.operation(places)
    if under_way is not None:
        yield _problem(
            "operation",
            f"仓库正在进行{under_way.name}，还没有结束",
            f"做完它：{under_way.finish}；或者放弃它：{under_way.abort}",
        )
    for path in (*operation.lock_files(places), *_left_locks(places)):
        error = operation.lock_error(path)
        yield _problem("lock-file", error.message, error.hint)
    try:
        refuse_unwritable(places)
    except RepositoryError as error:
        yield _problem("not-writable", error.message, error.hint)


def _check_tree(runner: Runner) -> Iterator[Problem]:
    status = read_status(runner)
    if not status.branch and status.commit and operation.operation(runner.places) is None:
        yield _problem(
            "detached-head",
            "仓库不在任何分支上（HEAD 游离）",
            "回到分支：git switch main；或新建：git switch -c 新分支名",
        )
    for path in unmerged(runner):
        yield Problem.of_file(path, "unmerged", "有冲突还没有解决", f"改好后运行 git add {shlex.quote(path)}")
    config = _configuration(runner)
    if f"branch.{status.branch}.merge" in config and status.ahead is None and status.commit:
        yield _problem(
            "upstream-gone",
            f"分支 {status.branch} 的上游分支不见了",
            "运行 git fetch；上游已改名时用 git branch --set-upstream-to 重新指定",
            Severity.WARNING,
        )


def _check_files(runner: Runner) -> Iterator[Problem]:
    for path in ("plan/plan.yaml", "status/28/20220101T000000-x-0000.md"):
        if is_ignored(runner, path):
            folder = path.partition("/")[0]
            yield Problem.of_file(
                folder, "ignored", f"{folder} 目录里的文件被 .gitignore 排除在外",
                f"用 git check-ignore -v --no-index {path} 找到那条规则，删掉或加一行 !/{folder}/**",
                Severity.WARNING,
            )  # fmt: skip
    config = _configuration(runner)
    if config.get("core.autocrlf", "").lower() == "true" and not _eol_is_set(runner):
        yield _problem(
            "autocrlf",
            "core.autocrlf 会把文件改成 CRLF 换行",
            "在仓库根目录的 .gitattributes 里写上 * text=auto eol=lf，或运行 git config core.autocrlf input",
            Severity.WARNING,
        )


def _check_size(runner: Runner) -> Iterator[Problem]:
    places = runner.places
    if (places.common_dir / "shallow").exists():
        yield _problem(
            "shallow",
            "这是浅克隆，较早的历史不在本机",
            "需要全部历史时运行 git fetch --unshallow",
            Severity.WARNING,
        )
    if _has_graph(places):
        return
    answer = runner.run("rev-list", "--count", "HEAD", action="数提交", ok=(0, 128))
    count = int(answer.text) if answer.code == 0 else 0
    if count >= MANY_COMMITS:
        yield _problem(
            "no-commit-graph",
            f"已有 {count} 次提交而没有 commit-graph，读历史会慢",
            "运行 git commit-graph write --reachable --changed-paths，"
            "并设 git config fetch.writeCommitGraph true",
            Severity.WARNING,
        )


def _check_clock(runner: Runner) -> Iterator[Problem]:
    """What is filed while the clock is behind would lie before what it rests on."""
    if read_settings(runner).example_day:
        return
    said = runner.run("log", "-1", "--format=%ct", "HEAD", "--", action="读取提交时间", ok=(0, 128)).text
    last = datetime.fromtimestamp(int(said or 0), UTC)
    if last - datetime.now(UTC) > CLOCK_SKEW:
        yield _problem(
            "clock-behind",
            f"这台机器的时钟 {datetime.now().astimezone():%Y-%m-%d %H:%M} "
            f"早于上一次提交 {last.astimezone():%Y-%m-%d %H:%M}",
            "校准时钟再填报：审计会指出早于前面提交的提交；是上一次提交的时间错了，就等到那时以后",
        )


_CHECKS: tuple[Callable[[Runner], Iterable[Problem]], ...] = (
    _check_version,
    _check_identity,
    _check_state,
    _check_tree,
    _check_files,
    _check_size,
    _check_clock,
)


def _problem(code: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem("", 0, 0, code, message, hint, severity)


def _left_locks(places: Places) -> list[Path]:
    """Lock files that stop other things than a commit."""
    candidates = (places.common_dir / "config.lock", places.common_dir / "packed-refs.lock")
    return [path for path in candidates if os.path.lexists(path)]


def _configuration(runner: Runner) -> Mapping[str, str]:
    """All of git's configuration, the last value of each key; section and key are in lower case."""
    answer = runner.run("config", "-z", "--list", action="读取 git 配置")
    pairs = (entry.partition("\n") for entry in answer.out.decode("utf-8", "replace").split("\0"))
    return {key: value if split else "true" for key, split, value in pairs if key}


def _hooks(places: Places, config: Mapping[str, str]) -> list[str]:
    named = config.get("core.hookspath", "")
    folder = places.top / Path(named).expanduser() if named else places.common_dir / "hooks"
    return [name for name in _HOOKS if (folder / name).is_file() and os.access(folder / name, os.X_OK)]


def _signing(config: Mapping[str, str]) -> str:
    if config.get("commit.gpgsign", "false").lower() not in ("true", "yes", "on", "1"):
        return "不签"
    return f"签（{config.get('gpg.format', 'openpgp')}）"


def _has_graph(places: Places) -> bool:
    info = places.common_dir / "objects" / "info"
    return (info / "commit-graph").exists() or (info / "commit-graphs").exists()


def _eol_is_set(runner: Runner) -> bool:
    words = ("check-attr", "-z", "eol", "--", "plan/plan.yaml")
    return runner.run(*words, action="查看换行设置").text.split("\0")[2:3] == ["lf"]

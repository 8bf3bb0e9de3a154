"""Handing one's work in for review: a branch named for the body and the measures, and its pull request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fazhi_tui.domain.model.errors import NotAllowedError, RepositoryError, UsageError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.unit_index import unit_code
from fazhi_tui.service.exchange.forges import (
    Forge,
    compare_page,
    forge_of,
    pages_in,
    push_options,
    refspec_of,
)
from fazhi_tui.service.exchange.proposal import (
    Proposal,
    branch_name,
    proposal_markdown,
    proposal_of,
    proposal_title,
)
from fazhi_tui.service.reader import Reader
from fazhi_tui.vcs.audit_log import lost_from
from fazhi_tui.vcs.commit import refuse_state
from fazhi_tui.vcs.merge import Merging
from fazhi_tui.vcs.remote import Network
from fazhi_tui.vcs.repository import Repository

#: How many branches of one name are tried: an older one of the same measures may still be open.
_TRIED = 50


@dataclass(frozen=True)
class Submitted:
    """What was handed in: the branch on the server, its commits, and how the pull request comes about.

    ``page`` is where it is or is made, empty where the server has none; ``by_server`` is true where the
    server made it itself; ``mail`` is text that can be mailed instead.
    """

    server: str
    branch: str
    target: str
    commits: int
    title: str
    body: str
    page: str
    by_server: bool
    mail: str
    said: str


def submit(
    root: Path,
    repository: Repository,
    network: Network,
    today: date,
    going: Callable[[str], bool],
    *,
    target: str = "",
    forge: str = "",
    unit: str = "",
    anyway: bool = False,
) -> Submitted:
    """Push what HEAD has beyond the server's ``target`` branch as a branch of its own; never by force.

    Raises :class:`NotAllowedError` where there is nothing to hand in or a rule is broken (``anyway`` hands
    it in all the same), :class:`UsageError` for an unknown ``forge``, :class:`RepositoryError` where the
    server refuses.
    """
    refuse_state(repository.runner)
    upstream = network.upstream(repository.branch())
    network.fetch(upstream.remote, under("取回", going))
    target = target or network.default_branch(upstream.remote) or "main"
    tracking = f"refs/remotes/{upstream.remote}/{target}"
    if not Merging(repository.runner).exists(tracking):
        raise UsageError(f"服务器上没有 {target} 分支", "用 --to 写明要并入的分支")
    proposal = proposal_of(Reader(root, today), tracking, unit=unit or repository.identity().unit)
    if not proposal.commits or not (proposal.changes or proposal.others):
        raise NotAllowedError(
            f"没有可以提交审核的改动：与 {upstream.remote}/{target} 一致", "先 fazhi report 填报"
        )
    wrong = [problem for problem in proposal.problems if problem.severity is Severity.ERROR]
    if wrong and not anyway:
        shown = "\n".join(f"  {problem.place}: {problem.message}" for problem in wrong[:10])
        raise NotAllowedError(
            f"这样提交会被退回，有 {len(wrong)} 个错误：\n{shown}",
            f"改好再提交；全部问题：fazhi check --base {upstream.remote}/{target}",
        )
    kind = _forge(forge or repository.config("fazhi.forge") or "", upstream.url)
    name = _free_name(repository, network, upstream.remote, proposal)
    title, body = proposal_title(proposal), proposal_markdown(proposal, checked=False)
    options = push_options(kind, target, name, title, body)
    refspec = refspec_of(kind, proposal.head, target, name)
    told = under("推送", going)
    by_server = bool(options)
    try:
        said = network.push(upstream.remote, refspec, told, options=options)
    except RepositoryError as error:
        if not options or "push options" not in str(error) or kind is Forge.GITEA:
            raise
        # An older server, or one whose owner has not switched them on: the branch, and the page for it.
        by_server = False
        said = network.push(upstream.remote, refspec, told)
    pages = pages_in(said)
    page = pages[0] if pages else compare_page(kind, upstream.url, target, name, title, body)
    mail = network.request_text(proposal.fork, network.fetch_url(upstream.remote), proposal.head, name)
    return Submitted(
        upstream.remote, name, target, proposal.commits, title, body, page, by_server,
        f"{title}\n\n{body}\n{mail}\n", said,
    )  # fmt: skip


def under(word: str, going: Callable[[str], bool]) -> Callable[[str], bool]:
    """``going``, told each line of git behind the word for what is being done."""
    return lambda line: going(f"{word}：{line}" if line else word)


def _forge(text: str, url: str) -> Forge:
    if not text:
        return forge_of(url)
    try:
        return Forge("gitea" if text == "forgejo" else text)
    except ValueError:
        known = "、".join(forge.value for forge in Forge)
        raise UsageError(f"不认识的服务器类型「{text}」", f"可以写：{known}") from None


def _free_name(repository: Repository, network: Network, remote: str, proposal: Proposal) -> str:
    """The branch's name; with a number where one of that name is there and holds something else."""
    runner = repository.runner
    codes = {unit.name: unit_code(unit) for unit in proposal.after.tracker.units}
    name = branch_name(proposal, codes)
    there = network.ls_remote(remote, f"refs/heads/{name}*", lambda _: True)
    for number in range(1, _TRIED):
        tried = name if number == 1 else f"{name}-{number}"
        commit = there.get(f"refs/heads/{tried}", "")
        # What has since grown here is pushed to the same branch: its pull request goes on.
        if not commit or (Merging(runner).exists(commit) and not lost_from(runner, [commit])):
            return tried
    raise RepositoryError(f"服务器上有太多名为 {name} 的分支", "请管理员清理已经合并的分支")

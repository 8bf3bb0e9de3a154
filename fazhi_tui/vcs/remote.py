"""Talking to a server: fetch and push, with progress, stopped at any moment; what it refuses, in Chinese.

Nothing is ever forced: no command here has ``--force`` or a refspec with ``+`` but the fetch of
remote-tracking branches, which are the server's own word (git-fetch(1)).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.vcs.error_messages import GitError
from fazhi_tui.vcs.runner import Going, Runner

#: git's words for what it is doing → ours (progress.c and its callers).
PHASES = {
    "Enumerating objects": "清点",
    "Counting objects": "清点",
    "Compressing objects": "压缩",
    "Receiving objects": "接收",
    "Resolving deltas": "还原",
    "Writing objects": "发送",
    "Unpacking objects": "展开",
    "Updating files": "更新文件",
    "Filtering content": "取附件",
    "Uploading LFS objects": "发送附件",
    "Checking connectivity": "核对",
}
_PROGRESS = re.compile(rf"(remote: )?({'|'.join(PHASES)}): +(\d+)(%)?")


class OfflineError(GitError):
    """The server could not be reached; nothing is wrong with what is here."""


class PushError(GitError):
    """The server did not take what was pushed.

    ``moved`` means that it has commits which are not here yet, ``protected`` that this branch takes none
    from this person.
    """

    moved = False
    protected = False


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where a branch is exchanged: the remote, its branch there, and the remote-tracking ref here.

    ``known`` is false where git's configuration names none yet and the only remote is taken.
    """

    remote: str
    branch: str
    tracking: str
    url: str
    known: bool = True

    @property
    def name(self) -> str:
        """``origin/main``, as people write it."""
        return f"{self.remote}/{self.branch}"


@dataclass(frozen=True, slots=True)
class _Row:
    pattern: re.Pattern[str]
    sentence: str
    hint: str
    offline: bool = False


def _row(pattern: str, sentence: str, hint: str, *, offline: bool = False) -> _Row:
    return _Row(re.compile(pattern, re.IGNORECASE), sentence, hint, offline)


_KEPT = "本地的提交都在，之后再运行 fazhi sync"

# git, curl and ssh speak English here (LC_ALL=C).  The first row that fits counts.
_TABLE = (
    _row(
        r"Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED",
        "不认得服务器的 SSH 主机密钥",
        "向管理员核对指纹；确认无误后用 ssh 连一次，记下它，再同步",
    ),
    _row(
        r"could not resolve host|temporary failure in name resolution|name or service not known|"
        r"network is unreachable|no route to host|connection refused|timed out|failed to connect|"
        r"couldn't connect|unable to connect to|nodename nor servname",
        "连不上服务器",
        "联网后再运行 fazhi sync；填报照常进行，提交都留在本地",
        offline=True,
    ),
    _row(
        r"SSL certificate|certificate verif|unable to get local issuer|ssl.*self.signed",
        "服务器的证书没有通过核对",
        "请管理员换上可信的证书，或按单位规定用 git config http.sslCAInfo 指明证书文件",
    ),
    _row(
        r"no space left on device|disk quota exceeded|unpacker error|remote unpack failed|file write error|"
        r"unable to create temporary|unable to write",
        "磁盘满了或写不下，这次传输没有完成",
        f"腾出空间，服务器的请管理员处理；{_KEPT}",
    ),
    _row(
        r"authentication failed|could not read (?:username|password)|terminal prompts disabled|"
        r"HTTP 401|error: 401|permission denied \(|invalid username or|incorrect password",
        "服务器不认这个用户名、密码或密钥",
        "核对账号；HTTP 用 git config credential.helper 记住密码，SSH 用 ssh-add 加入密钥，再试",
    ),
    _row(
        r"DENIED by|access denied|HTTP 403|error: 403|you are not allowed|forbidden|"
        r"service not enabled|insufficient permission",
        "服务器不许这个账号这样做",
        "请管理员授权；只能推送自己分支的，用 fazhi submit 提交审核",
    ),
    _row(
        r"repository .{0,200}not found|not found: repository|does not appear to be a git repository|"
        r"HTTP 404|error: 404|no such remote|repository not exported|not exist",
        "服务器上没有这个仓库",
        "核对地址：git remote -v；改正用 git remote set-url",
    ),
    _row(
        r"early EOF|unexpected disconnect|hung up unexpectedly|connection reset|broken pipe|RPC failed|"
        r"connection closed|invalid index-pack|closed by remote|transfer closed|lost connection|"
        r"send-pack: |fetch-pack: |could not read from remote repository",
        "连接中途断了",
        _KEPT,
    ),
)

_PROTECTED = re.compile(r"protected branch|GH006|not allowed to push|DENIED by|受保护", re.IGNORECASE)
_MOVED = re.compile(
    r"\((?:fetch first|non-fast-forward|stale info|cannot lock ref.*|failed to update ref.*)\)"
)


class Network:
    """What a repository exchanges with servers.  ``ask`` lets git ask for a password at the terminal."""

    def __init__(self, runner: Runner, *, ask: bool = False) -> None:
        self._runner = runner
        self._ask = ask

    def upstream(self, branch: str) -> Upstream:
        """Where ``branch`` is exchanged: what git's configuration says, else the only remote, else origin.

        Raises :class:`RepositoryError` where there is no remote, or several and no word which.
        """
        words = ("for-each-ref", "--format=%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)")
        answer = self._runner.run(*words, f"refs/heads/{branch}", action="查找上游").text.rstrip("\n")
        remote, ref, tracking = (*answer.split("\0"), "", "", "")[:3]
        if remote and remote != "." and tracking:
            return Upstream(remote, ref.removeprefix("refs/heads/"), tracking, self.url(remote))
        names = self.remotes()
        if not names:
            raise RepositoryError(
                "这个仓库没有服务器可以同步",
                "git remote add origin 地址 之后再试；不联网的用 fazhi bundle 以文件交换",
            )
        if len(names) > 1 and "origin" not in names:
            raise RepositoryError(
                f"有几个服务器（{'、'.join(names)}），不知道和哪一个同步",
                f"写明一次即可：git branch --set-upstream-to={names[0]}/{branch}",
            )
        name = "origin" if "origin" in names else names[0]
        return Upstream(name, branch, f"refs/remotes/{name}/{branch}", self.url(name), known=False)

    def remotes(self) -> list[str]:
        """The names of the remotes."""
        return self._runner.run("remote", action="查找服务器").text.split("\n")[:-1]

    def url(self, remote: str) -> str:
        """Where a remote is pushed to, with ``insteadOf`` and the like applied; a password taken out."""
        return self._address("--push", remote)

    def fetch(self, remote: str, going: Going) -> None:
        """Bring the remote-tracking branches of ``remote`` up to date; the work tree is not touched."""
        words = (
            "fetch",
            "--progress",
            "--no-recurse-submodules",
            "--no-auto-maintenance",
            "--end-of-options",
        )
        answer = self._runner.watch(*words, remote, action="取回", going=_told(going), ask=self._ask)
        if answer.code:
            raise network_error("取回", answer.err, answer.code)

    def push(
        self, remote: str, refspec: str, going: Going, *, options: Sequence[str] = (), track: bool = False
    ) -> str:
        """Push one refspec; never by force.  What the server said, its ``remote:`` lines without that word.

        ``track`` makes the pushed branch the upstream of this one.  Raises :class:`PushError` where the
        server refuses, :class:`OfflineError` where it cannot be reached.
        """
        if refspec.startswith("+"):
            raise UsageError("推送从不强制", "去掉 +")
        extra = [word for option in options for word in ("-o", option)]
        if track:
            extra.append("--set-upstream")
        answer = self._runner.watch(
            "push", "--progress", "--porcelain", "--no-follow-tags", "--recurse-submodules=no", *extra,
            "--end-of-options", remote, refspec, action="推送", going=_told(going), ask=self._ask,
        )  # fmt: skip
        if answer.code:
            raise _push_error(answer.text, answer.err, answer.code)
        return "\n".join(_remote_lines(answer.err))

    def follow(self, branch: str, upstream: Upstream) -> None:
        """Note in git's configuration where ``branch`` is exchanged from now on."""
        words = ("branch", "--quiet", f"--set-upstream-to={upstream.name}", branch)
        self._runner.run(*words, action="记下上游")

    def default_branch(self, remote: str) -> str:
        """The branch that a clone of ``remote`` begins with, as far as it is known here."""
        words = ("symbolic-ref", "--quiet", "--short", f"refs/remotes/{remote}/HEAD")
        answer = self._runner.run(*words, action="查找服务器的主分支", ok=(0, 1, 128))
        return answer.text.strip().removeprefix(f"{remote}/") if answer.code == 0 else ""

    def fetch_url(self, remote: str) -> str:
        """Where a remote is read from, a password taken out."""
        return self._address(remote)

    def _address(self, *words: str) -> str:
        answer = self._runner.run("remote", "get-url", *words, action="查找服务器", ok=(0, 2, 128))
        return without_password(answer.text.strip()) if answer.code == 0 else ""

    def request_text(self, start: str, url: str, commit: str, branch: str) -> str:
        """``git request-pull``: what is to be pulled from where, as text to be mailed.

        Git asks the server whether the branch is there, and says so in the text where it is not.
        """
        ref = f"{commit}:refs/heads/{branch}"
        answer = self._runner.run("request-pull", start, url, ref, action="写拉取请求", ok=(0, 1, 128))
        return answer.text.strip("\n")

    def ls_remote(self, remote: str, pattern: str, going: Going) -> dict[str, str]:
        """The refs of a remote that fit a pattern: name → commit."""
        words = ("ls-remote", "--end-of-options", remote, pattern)
        answer = self._runner.watch(*words, action="查看服务器", going=_told(going), ask=self._ask)
        if answer.code:
            raise network_error("查看服务器", answer.err, answer.code)
        pairs = (line.split("\t", 1) for line in answer.text.splitlines() if "\t" in line)
        return {name: commit for commit, name in pairs}


def network_error(action: str, said: str, code: int) -> GitError:
    """The error for a git that failed while it talked to a server; what it said is kept, without progress."""
    said = without_password(_without_progress(said))
    for row in _TABLE:
        if row.pattern.search(said):
            kind = OfflineError if row.offline else GitError
            return kind(row.sentence, row.hint, output=said, code=code)
    return GitError(
        f"{action}没有成功（git 返回 {code}）", f"按 git 的原话处理；{_KEPT}", output=said, code=code
    )


def without_password(text: str) -> str:
    """A text in which no address has a password."""
    return re.sub(r"([a-z+]+://[^/\s@:]*):[^/\s@]*@", r"\1@", text, flags=re.IGNORECASE)


def _push_error(out: str, said: str, code: int) -> GitError:
    """``--porcelain`` tells each ref on a line of its own: ``!`` tab from:to tab summary (reason)."""
    refused = [line.split("\t") for line in out.splitlines() if line.startswith("!")]
    if not refused:
        return network_error("推送", said, code)
    reason = refused[0][-1]
    branch = refused[0][1].rpartition(":")[2].removeprefix("refs/heads/") if len(refused[0]) > 1 else ""
    said = without_password(_without_progress(said))
    lines = "\n".join((*_remote_lines(said), reason))
    if _MOVED.search(reason):
        error = PushError(
            "服务器上有这里还没有的提交，没有推送", "再运行一次 fazhi sync", output=lines, code=code
        )
        error.moved = True
        return error
    if re.search(r"unpacker error|no space left|quota", f"{reason}\n{said}", re.IGNORECASE):
        return PushError(
            "服务器写不下，没有收下推送", f"请管理员看看服务器的磁盘；{_KEPT}", output=lines, code=code
        )
    error = PushError(
        f"服务器不收对 {branch} 分支的推送",
        "这个分支可能受保护：用 fazhi submit 推送到自己的分支，提交审核；本地的提交都在",
        output=lines,
        code=code,
    )
    error.protected = bool(_PROTECTED.search(said + reason)) or "declined" in reason
    return error


def _remote_lines(said: str) -> list[str]:
    lines = (line.removeprefix("remote:").strip() for line in said.splitlines() if line.startswith("remote:"))
    return [line for line in lines if line and not _PROGRESS.match(line)]


def _without_progress(said: str) -> str:
    boring = re.compile(r"(remote: )?(Total \d|Delta compression using|POST git-)")
    return "\n".join(
        line for line in said.splitlines() if not _PROGRESS.match(line) and not boring.match(line)
    )


def _told(going: Going) -> Going:
    """The same, told in Chinese and only what is worth telling."""

    def told(line: str) -> bool:
        found = _PROGRESS.match(line)
        if not found:
            return going("")
        word = f"服务器{PHASES[found[2]]}" if found[1] else PHASES[found[2]]
        return going(f"{word} {found[3]}{found[4] or ''}")

    return told

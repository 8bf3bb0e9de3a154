"""Git's words → a Chinese sentence and what to do: one table, git's own words kept below the sentence."""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple

from fazhi_tui.domain.model.errors import RepositoryError

#: How much of what git or a hook said is passed on; more than this nobody reads in an error.
_KEPT = 20_000


class GitError(RepositoryError):
    """Git refused.  ``output`` is what git and its hooks said, as data: it may hold any character."""

    def __init__(self, sentence: str, hint: str = "", *, output: str = "", code: int = 0) -> None:
        output = output.strip("\n")
        if len(output) > _KEPT:
            output = f"{output[: _KEPT // 2]}\n（中间省略）\n{output[-_KEPT // 2 :]}"
        shown = "".join(f"\n  {line}" for line in output.splitlines())
        super().__init__(sentence + (f"\ngit 的原话：{shown}" if shown else ""), hint)
        self.sentence = sentence
        self.output = output
        self.code = code


class _Row(NamedTuple):
    """``pattern`` is looked for in what git said.

    What its first group found goes into ``sentence`` at ``{0}``, and quoted into ``hint`` at ``{quoted}``.
    """

    pattern: str
    sentence: str
    hint: str


#: How to say who one is, wherever git has to be told.
IDENTITY_HINT = 'git config user.name "姓名" 和 git config user.email "邮箱"，各运行一次'

# `git commit` runs in the user's own language, since its hooks do; so the rows that it can meet know
# git's words in English and in Chinese.  The first row that fits counts: special ones stand first.
_TABLE = (
    _Row(
        r"(?:dubious ownership in|unsafe) repository[^']*'([^']*)'|在 '([^']*)' 检测到可疑",
        "git 不信任这个仓库：目录 {0} 属于另一个用户",
        "确认目录可靠后运行：git config --global --add safe.directory {quoted}",
    ),
    _Row(
        r"not a git repository|不是 git 仓库",
        "这里不是 git 仓库",
        "台账应由 git clone 得到；新建的台账先在其中运行 git init",
    ),
    _Row(
        r"must be run in a work tree|必须在一个工作区中运行",
        "这是没有工作区的裸仓库，不能在里面填报",
        "先用 git clone 克隆一份再用",
    ),
    _Row(
        r"No space left on device|Disk quota exceeded|设备上没有空间|超出磁盘限额|File too large|文件过大",
        "磁盘满了，git 写不下",
        "腾出空间或找管理员扩大限额后再试；填写的内容没有丢",
    ),
    _Row(
        r"Read-only file system|只读文件系统",
        "仓库所在的磁盘是只读的",
        "把台账克隆到可写的磁盘上再填报",
    ),
    _Row(
        r"(?:[Aa]uthor|[Cc]ommitter) identity unknown|empty ident name|auto-detect (?:name|email)|"
        r"auto-detection is disabled|Please tell me who you are|身份未知|自动探测|不允许空的姓名",
        "git 不知道提交人是谁",
        IDENTITY_HINT,
    ),
    _Row(
        r"failed to sign the data|无法为数据签名|user\.signing[kK]ey or gpg|"
        r"ssh-keygen -Y sign|[Cc]ouldn't load public key|[Ll]oad key .*: ",
        "提交没有签上名",
        "检查 git config user.signingKey 和签名程序（gpg 或 ssh-keygen）；口令输入不了时先在终端里签一次",
    ),
    _Row(
        r"Permission denied|Operation not permitted|insufficient permission|权限不够|权限不足|不允许的操作",
        "没有写这个仓库的权限",
        "看看 .git 目录属于谁、是否可写；共用的仓库由管理员设好组权限",
    ),
    _Row(
        r"partial commit during|because you have unmerged files|index file is unmerged|"
        r"不能做部分提交|有未合并的文件|未完成合并",
        "仓库里有没做完的合并",
        "先用 git status 查看，做完或放弃之后再试",
    ),
    _Row(
        r"(LF|CRLF) would be replaced by|中的 (LF|CRLF) 将被",
        "git 的换行设置（core.safecrlf）不许提交这个文件",
        "在仓库根目录的 .gitattributes 里写上 * text=auto eol=lf",
    ),
    _Row(
        r"index file corrupt|bad (?:index file|signature)|index file smaller|"
        r"索引文件损坏|坏的索引文件|索引文件比预期的小",
        "git 的暂存区（.git/index）坏了",
        "先备份 .git/index，删掉它，再运行 git reset",
    ),
    _Row(
        r"bad config|bad (?:boolean|numeric) config|错误的配置|配置变量",
        "git 的配置文件写错了",
        "按下面的原话改正那一行，或用 git config --edit 打开",
    ),
    _Row(
        r"(?:loose|bad|missing|corrupt) (?:object|blob|tree)|object file .* is empty|损坏的松散对象|坏的对象",
        "仓库的数据有缺损",
        "用 git fsck 查看；可以重新克隆一份，再把没推送的提交取过去",
    ),
    _Row(
        r"in submodule|beyond a symbolic link|在子模组|位于符号链接中",
        "要提交的文件在子模块或符号链接里面，git 不收",
        "把 plan 和 status 放成仓库里的普通目录",
    ),
)

#: Another process holds a lock file; worth another try.
LOCKED = re.compile(r"Unable to create '([^']+\.lock)'|(?:不能|无法)创建 '([^']+\.lock)'")
#: The named commit does not exist.
UNKNOWN_REVISION = re.compile(
    r"unknown revision|bad revision|bad object|ambiguous argument|Not a valid object name|"
    r"invalid object name|Needed a single revision"
)
_NO_MATCH = re.compile(r"did not match any file|未匹配任何")


def explain(action: str, output: str, code: int) -> GitError:
    """The error for a git that failed with ``code`` while it was to do ``action`` (e.g. ``提交``)."""
    for row in _TABLE:
        found = re.search(row.pattern, output)
        if found:
            what = next((group for group in found.groups() if group), "")
            hint = row.hint.format(quoted=shlex.quote(what))
            return GitError(row.sentence.format(what), hint, output=output, code=code)
    return GitError(
        f"{action}没有成功（git 返回 {code}）", "按 git 的原话处理后再试", output=output, code=code
    )


def explain_commit(output: str, code: int) -> GitError:
    """The error for a failed ``git commit``.

    Git gives 1 where a hook refused, and 128 where it could not go on itself; so a hook may say
    whatever it likes and is not mistaken for git.
    """
    if code == 1 and not _NO_MATCH.search(output):
        return GitError(
            "仓库的提交钩子（hook）不许这次提交",
            "按钩子说的改好再提交；钩子在 .git/hooks 或 git config core.hooksPath 所指的目录",
            output=output,
            code=code,
        )
    return explain("提交", output, code)

"""Who reports: fazhi.unit, user.name and user.email of git's configuration."""

from __future__ import annotations

import os
from dataclasses import dataclass

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.vcs.error_messages import IDENTITY_HINT
from fazhi_tui.vcs.runner import Runner

_KEYS = r"^(fazhi\.unit|(user|author)\.(name|email)|i18n\.commitencoding|fazhi\.today)$"
_UNIT = "fazhi.unit"


@dataclass(frozen=True, slots=True)
class GitSettings:
    """What a commit needs of git's configuration: who commits, and how messages are labelled."""

    identity: Identity
    encoding: str
    #: The day that an example is made for: what is committed to it bears that day.
    example_day: str = ""


def read_settings(runner: Runner) -> GitSettings:
    """Unit, name and email, empty where nothing says them.  One process.

    What git itself would take: environment, ``author.*``, ``user.*`` (git-commit(1), "Commit information").
    """
    answer = runner.run("config", "-z", "--get-regexp", _KEYS, action="读取 git 配置", ok=(0, 1))
    found: dict[str, str] = {}
    for entry in answer.out.decode("utf-8", "replace").split("\0"):
        key, _, value = entry.partition("\n")
        found[key] = value.strip()
    environ = os.environ
    identity = Identity(
        unit=found.get(_UNIT, ""),
        name=environ.get("GIT_AUTHOR_NAME") or found.get("author.name") or found.get("user.name", ""),
        email=environ.get("GIT_AUTHOR_EMAIL")
        or found.get("author.email")
        or found.get("user.email")
        or environ.get("EMAIL", ""),
    )
    return GitSettings(identity, found.get("i18n.commitencoding", ""), found.get("fazhi.today", ""))


def write_identity(runner: Runner, unit: str, name: str, email: str) -> None:
    """Keep what is given in this repository's own configuration; an empty value leaves what is there.

    Raises :class:`UsageError` for what git could not put into a commit.
    """
    values = {_UNIT: unit.strip(), "user.name": name.strip(), "user.email": email.strip()}
    for key, word in ((_UNIT, "单位"), ("user.name", "姓名"), ("user.email", "邮箱")):
        value = values[key]
        if any(ord(char) < 32 or ord(char) == 127 for char in value):
            raise UsageError(f"{word}里有换行或控制字符", f"重新填写{word}，只写一行")
        if key != _UNIT and any(char in value for char in "<>"):
            raise UsageError(f"{word}里不能有 < 或 >", f"重新填写{word}")
    if values["user.email"] and (" " in values["user.email"] or "@" not in values["user.email"]):
        raise UsageError(f"邮箱写得不对：{values['user.email']}", "写成 name@example.org 的样子")
    for key, value in values.items():
        if value:
            runner.run("config", "--local", "--replace-all", key, value, action="保存身份", patience=2.0)


def refuse_without_identity(identity: Identity) -> None:
    """Raise :class:`RepositoryError` where git would not know whom to name, or would guess."""
    missing = [word for word, value in (("姓名", identity.name), ("邮箱", identity.email)) if not value]
    if missing:
        raise RepositoryError(f"git 不知道提交人的{'和'.join(missing)}", IDENTITY_HINT)

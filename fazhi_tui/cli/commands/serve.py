"""``fazhi serve``: the screen in a browser."""

from __future__ import annotations

import os
import secrets
import sys
import webbrowser
from threading import Thread
from urllib.parse import urlsplit

from fazhi_tui.cli.options import READ_ONLY_VARIABLE, argument, flag, option, whole_number
from fazhi_tui.cli.output import err, out, warn
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.text.visible import one_line

TOKEN_VARIABLE = "FAZHI_TOKEN"
#: A token that somebody chose must at least be this long.
SHORTEST_TOKEN = 12
DEFAULT_PORT, DEFAULT_SESSIONS, MOST_SESSIONS = 8734, 8, 200

KEYS = (
    "浏览器自己要用 Ctrl+W、Ctrl+N、Ctrl+T（关标签、新窗口、新标签），Ctrl+V 是粘贴，这四个到不了程序：",
    "  我的单位按 w，漏报按 n，明暗按 b，提交审核按 P，或按 Ctrl+P 再选；F1 到 F12 和其余按键照常。",
)


@command("serve", "at", "repo", "today", words=argument("筛选", "打开时的筛选条件。"), query=True)
def serve(
    read: ReadContext,
    port: str | None = option("--port", metavar="端口", help=f"不写则 {DEFAULT_PORT}；0 由系统选一个空的。"),
    host: str = option(
        "--host", metavar="地址", help="在本机的哪个地址上提供；不写则只有本机能打开。", default="127.0.0.1"
    ),
    write: bool = flag("--write", help="允许填报、提交、同步，都以你的名义；不写则只读。"),
    token: str | None = option(
        "--token", metavar="文字", help="打开地址要带的密钥；不写则取 FAZHI_TOKEN，再没有就每次新造。"
    ),
    sessions: str | None = option(
        "--sessions", metavar="个数", help=f"最多同时开几个窗口，不写则 {DEFAULT_SESSIONS}。"
    ),
    public_url: str | None = option("--public-url", metavar="网址", help="前面有反向代理时，人们用的网址。"),
    browse: bool = flag("--open", help="同时在浏览器里打开。"),
) -> None:
    """在浏览器里打开同一个界面，默认只读，只有本机能打开；按 Ctrl+C 结束。

    打印的地址里带着 token，有它的人才打得开。没有加密：要给别的机器看，请放在有 TLS 的反向代理后面，
    代理要转发 WebSocket 和 Host，并写明 --public-url。每个窗口是一个进程。

    浏览器自己要用 Ctrl+W、Ctrl+N、Ctrl+T，Ctrl+V 是粘贴，这四个到不了程序：请用字母键 w、n、b、P，
    或按 Ctrl+P 再选；F1 到 F12 和其余按键照常。

    例：
      fazhi serve
      fazhi serve --port 0 'lead:sfj'
    """
    if sys.platform == "win32":
        raise UsageError("Windows 上还不能 fazhi serve", "在 WSL 里运行，浏览器仍用 Windows 的")
    reader = read.reader
    if write and reader.read_only:
        raise NotAllowedError("--write 与只读不能同时要", "去掉 --read-only（或 FAZHI_READ_ONLY）再运行")
    given = {"--repo": str(reader.root), "--today": read.place.today, "--at": read.place.at}
    words = [f"{option}={value}" for option, value in given.items() if value]
    asked = " ".join(read.words).strip()
    # A blank before it: a word that is a command's name as well is a query all the same.
    words += ["--read-only"] * (not write) + ([f" {asked}"] if asked else [])
    from fazhi_tui.web import Serving, serve

    settings = Serving(
        command=(sys.executable, "-P", "-m", "fazhi_tui", *words),
        token=_token(token),
        host=host,
        port=_number("--port", port, DEFAULT_PORT, 0, 65535),
        sessions=_number("--sessions", sessions, DEFAULT_SESSIONS, 1, MOST_SESSIONS),
        public_url=_public(public_url),
        writable=write,
        environment={TOKEN_VARIABLE: "", READ_ONLY_VARIABLE: "" if write else "1"},
    )

    def started(address: str, is_open: bool) -> None:
        _tell(address, write, is_open, settings.sessions)
        if browse:
            Thread(target=_open, args=(address,), daemon=True).start()

    serve(settings, started)
    out("已停止。")


def _tell(address: str, write: bool, is_open: bool, sessions: int) -> None:
    out("可填报，署名是你：" if write else "只读：")
    out(f"  {address}")
    out(f"有这个地址的人就能打开，请不要外传；最多同时 {sessions} 个窗口。按 Ctrl+C 结束。")
    for line in KEYS:
        out(line)
    if is_open:
        warn(
            "别的机器也能连到这里，而这里没有加密（TLS）：同一网络上的人看得到传送的内容和 token。\n"
            "请放在有 TLS 的反向代理后面（写明 --public-url），或只在信得过的网络里用。"
        )
    if write:
        warn("打开的人能以你的名义填报、提交、同步，选佐证材料时看得到本机的文件夹。")
    sys.stdout.flush()


def _open(address: str) -> None:
    if not webbrowser.open(address):
        err("打不开浏览器，请复制上面的地址。")


def _token(given: str | None) -> str:
    token = given if given is not None else os.environ.get(TOKEN_VARIABLE) or secrets.token_urlsafe(24)
    if len(token) < SHORTEST_TOKEN:
        raise UsageError(f"token 太短，至少 {SHORTEST_TOKEN} 个字符", "不写 --token 就每次随机造一个")
    return token


def _number(option: str, text: str | None, usual: int, least: int, most: int) -> int:
    number = whole_number(option, text)
    if number is None:
        return usual
    if not least <= number <= most:
        raise UsageError(f"{option} 要在 {least} 到 {most} 之间", f"例如 {option} {usual}")
    return number


def _public(url: str | None) -> str:
    if url is None:
        return ""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
        good = good and not (parts.query or parts.fragment or parts.username) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good:
        raise UsageError(
            f"--public-url 的值「{one_line(url, 60)}」不是网址",
            "例如 --public-url https://taizhang.example.org",
        )
    return url

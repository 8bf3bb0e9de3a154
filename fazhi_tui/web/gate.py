"""Who is let in: the token or the cookie that stands for it, and no page of another site.

The token comes once, in the address; from then on a cookie stands for it, made from it but not the same,
so that the token is kept nowhere in the browser.  Checked for every request, unknown paths included.
"""

from __future__ import annotations

import hmac
import ipaddress
import socket
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from aiohttp import hdrs, web

NO_TOKEN = "没有权限：这个地址要带 token 才能打开。请用 fazhi serve 给出的完整地址。"
WRONG_TOKEN = "没有权限：token 不对。fazhi serve 每次启动都换 token，请用最近一次给出的地址。"
WRONG_HOST = "没有权限：不认识这个主机名。请用 IP 地址打开；经反向代理的，启动时写明 --public-url。"
WRONG_ORIGIN = "没有权限：这个连接来自别的网站。"


class Gate:
    """Decides over requests.  ``host`` is where the server listens, ``public_url`` what people type."""

    def __init__(self, token: str, host: str, port: int, public_url: str = "") -> None:
        self._token = token.encode()
        self._pass = hmac.new(self._token, b"fazhi serve", sha256).hexdigest()
        # Cookies do not tell ports apart: two servers on one machine must not overwrite each other's.
        self.cookie = f"fazhi_{port}"
        public = split(public_url)
        self._origin = f"{public.scheme}://{public.netloc}".lower() if public.netloc else ""
        self._names = {"localhost", host.lower(), socket.gethostname().lower(), (public.hostname or "")}

    def refusal(self, request: web.Request, *, opening: bool, socket: bool) -> str:
        """Why a request is refused, in Chinese; empty where it is let in.

        ``opening``: the page itself, where a token may come in the address.  ``socket``: the websocket,
        which must come from our own page.
        """
        name = split(f"//{request.host}").hostname or ""
        # A number always is ours, for no name server can point it elsewhere.
        if name not in self._names and not is_address(name):
            return WRONG_HOST
        given = request.query.get("token") if opening else None
        if given is not None:
            if not hmac.compare_digest(given.encode("utf-8", "replace"), self._token):
                return WRONG_TOKEN
        else:
            cookie = request.cookies.get(self.cookie)
            if cookie is None:
                return NO_TOKEN
            if not hmac.compare_digest(cookie.encode("utf-8", "replace"), self._pass.encode()):
                return WRONG_TOKEN
        return WRONG_ORIGIN if socket and not self._is_ours(request) else ""

    def remember(self, request: web.Request, response: web.StreamResponse) -> None:
        """Give the browser the cookie that stands for the token from now on."""
        secure = request.headers.get("X-Forwarded-Proto", request.scheme) == "https"
        response.set_cookie(self.cookie, self._pass, httponly=True, samesite="Strict", secure=secure)

    def _is_ours(self, request: web.Request) -> bool:
        origin, host = request.headers.get(hdrs.ORIGIN, "").lower(), request.host.lower()
        return bool(origin) and origin in (self._origin, f"http://{host}", f"https://{host}")


def split(url: str) -> SplitResult:
    """The parts of an address; all empty where it is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def is_address(name: str) -> bool:
    """Whether a host is an IP address and no name."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

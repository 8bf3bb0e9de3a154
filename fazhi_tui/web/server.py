"""The server: routes, the limit on visitors, and an orderly end."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import quote, urlencode

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.download_manager import DownloadManager

from fazhi_tui.domain.model.errors import FazhiError, RepositoryError, UsageError
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.web.gate import Gate
from fazhi_tui.web.page import POLICY, page, pieces
from fazhi_tui.web.session import Session, cut, window
from fazhi_tui.web.settings import Serving

#: Seconds that a visitor waits for a place: a page that is reloaded gives its old one back first.
WAIT_FOR_PLACE = 5.0
#: Largest message of a page, in bytes: a long paste.
LARGEST_MESSAGE = 1 << 20
#: Seconds between two signs of life asked of a page; one that gives none has gone.
HEARTBEAT = 15.0

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """What answers: one for a running server."""

    def __init__(self, settings: Serving, port: int) -> None:
        self._settings = settings
        self._gate = Gate(settings.token, settings.host, port, settings.public_url)
        self._pieces = pieces()
        self._page = page(writable=settings.writable)
        self._downloads = DownloadManager()
        self._places = asyncio.Semaphore(settings.sessions)
        self._open: dict[Session, asyncio.Event] = {}

    def app(self) -> web.Application:
        """The application: every request passes the gate first."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/", self._index),
                web.get("/ws", self._talk),
                web.get("/download/{key}", self._download),
                *(web.get(path, self._static) for path in self._pieces),
            ]
        )
        app.on_response_prepare.append(_with_headers)
        app.on_shutdown.append(self._end)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        why = self._gate.refusal(request, opening=request.path == "/", socket=request.path == "/ws")
        if why:
            return _text(why, 403)
        try:
            return await handler(request)
        except web.HTTPNotFound:
            return _text("没有这个页面。", 404)
        except web.HTTPMethodNotAllowed:
            return _text("这里只能查看。", 405)

    async def _index(self, request: web.Request) -> web.StreamResponse:
        response = web.Response(text=self._page, content_type="text/html", charset="utf-8")
        self._gate.remember(request, response)
        return response

    async def _static(self, request: web.Request) -> web.StreamResponse:
        content, content_type = self._pieces[request.path]
        response = web.Response(body=content, content_type=content_type, charset="utf-8")
        response.enable_compression()
        return response

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file that the program hands out: always saved, never shown as a page of this site."""
        key = request.match_info["key"]
        try:
            meta = await self._downloads.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound from None
        response = web.StreamResponse()
        response.content_type = "application/octet-stream"
        name = quote(meta.file_name, safe="")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _talk(self, request: web.Request) -> web.StreamResponse:
        """One visitor's terminal, from the first picture to the last."""
        websocket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LARGEST_MESSAGE)
        if not websocket.can_prepare(request):
            return _text("这个地址是给页面用的。", 400)
        await websocket.prepare(request)
        try:
            await asyncio.wait_for(self._places.acquire(), WAIT_FOR_PLACE)
        except TimeoutError:
            full = f"已有 {self._settings.sessions} 个窗口在看，满了；请关掉一个，或稍后再试。"
            await websocket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=cut(full))
            return websocket
        session = Session(self._settings.command, self._settings.environment, websocket, self._downloads)
        self._open[session] = ended = asyncio.Event()
        try:
            await session.start(*window(request.query.get("width"), request.query.get("height")))
            async for message in websocket:
                if message.type is WSMsgType.TEXT:
                    await session.take(message.data)
        except OSError as error:
            await session.close(f"打不开程序：{system_words(error)}")
        finally:
            await session.stop()
            del self._open[session]
            self._places.release()
            ended.set()
        return websocket

    async def _end(self, _app: web.Application) -> None:
        """Send every visitor away and wait until their processes have ended."""
        going = list(self._open.items())
        await asyncio.gather(*(session.close("服务已停止。") for session, _ in going))
        await asyncio.gather(*(ended.wait() for _, ended in going))


async def run(settings: Serving, started: Callable[[str, bool], None]) -> None:
    """See :func:`fazhi_tui.web.serve`."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stopped.set)
    with _listening(settings) as listener:
        address, port = listener.getsockname()[:2]
        runner = web.AppRunner(Site(settings, port).app(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            started(address_of(settings, address, port), not ipaddress.ip_address(address).is_loopback)
            await stopped.wait()
        finally:
            await runner.cleanup()


def address_of(settings: Serving, address: str, port: int) -> str:
    """The address to open, with its token."""
    base = settings.public_url.rstrip("/")
    if not base:
        here = ipaddress.ip_address(address)
        # "Any address" is none to open: from this machine it is the loopback.
        name = ("::1" if here.version == 6 else "127.0.0.1") if here.is_unspecified else address
        base = f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
    return f"{base}/?{urlencode({'token': settings.token})}"


def _listening(settings: Serving) -> socket.socket:
    """The open port.  Raises :class:`FazhiError` in words."""
    host, port = settings.host, settings.port
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError):
        raise UsageError(f"找不到主机 {host}", "写本机的 IP 地址或名字；只给本机看就不写 --host") from None
    try:
        return socket.create_server(place[:2], family=family)
    except OSError as error:
        raise _refused(error, host, port) from error


def _refused(error: OSError, host: str, port: int) -> FazhiError:
    if error.errno == errno.EADDRINUSE:
        return RepositoryError(f"端口 {port} 已有别的程序在用", "换一个 --port，或写 --port 0 由系统选")
    if error.errno in (errno.EACCES, errno.EPERM):
        return RepositoryError(f"没有权限用端口 {port}", "用 1024 以上的端口")
    if error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"{host} 不是本机的地址", "写本机的 IP 地址，或 0.0.0.0（本机的所有地址）")
    return RepositoryError(f"打不开 {host} 的端口 {port}：{system_words(error)}", "换一个 --host 或 --port")


def _text(words: str, status: int) -> web.Response:
    return web.Response(text=words + "\n", status=status)


async def _with_headers(_request: web.Request, response: web.StreamResponse) -> None:
    with suppress(KeyError):
        del response.headers["Server"]
    response.headers.update(HEADERS)

"""A real ``fazhi serve`` as a process, and a visitor who talks to it as a page does."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType

from tests.cli.running import FAZHI

_CONTROL = re.compile(r"\x1b\[[0-9;?<>=$]*[a-zA-Z]|\x1b.")


class Server:
    """``address`` is what it printed, token included; ``told`` what else it said."""

    def __init__(self, process: Process, address: str, told: str) -> None:
        self.process = process
        self.address = address
        self.told = told
        parts = urlsplit(address)
        self.port = parts.port or 0
        self.base = f"{parts.scheme}://{parts.netloc}"

    def children(self) -> list[int]:
        """The processes of its visitors."""
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    async def interrupt(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ctrl+C; gives the exit code."""
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), 60)

    async def wait_for_children(self, many: int) -> list[int]:
        """Wait until so many visitors' processes run."""
        for _ in range(300):
            found = self.children()
            if len(found) == many:
                return found
            await asyncio.sleep(0.1)
        raise AssertionError(f"{len(found)} processes and not {many}")


@asynccontextmanager
async def serving(root: Path, *words: str, env: dict[str, str] | None = None) -> AsyncIterator[Server]:
    """Serve ``root`` on a free port; ended at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        FAZHI, "serve", "--port", "0", *words,
        cwd=root, env={**os.environ, **(env or {})}, stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    told = ""
    try:
        while "Ctrl+C" not in told:
            line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
            assert line, (told, (await process.stderr.read()).decode())
            told += line
        found = re.search(r"https?://\S+", told)
        assert found, told
        yield Server(process, found.group(), told)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), 60)


class Visitor:
    """A page's connection.  What the program draws is kept, without the terminal's control sequences."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.drawn = ""
        self._bytes = b""

    async def send(self, keys: str) -> None:
        """Keys as the terminal sends them."""
        await self.socket.send_json(["stdin", keys])

    async def wait_for(self, text: str, timeout: float = 60) -> str:
        """Read until ``text`` has been drawn since the last :meth:`forget`."""
        end = asyncio.get_running_loop().time() + timeout
        while text not in self.drawn:
            left = end - asyncio.get_running_loop().time()
            assert left > 0, f"never drawn: {text}\n{self.drawn[-3000:]}"
            message = await self.socket.receive(timeout=left)
            if message.type is WSMsgType.BINARY:
                self._bytes += message.data
                self.drawn = _CONTROL.sub("", self._bytes.decode("utf-8", "ignore"))
            else:
                assert message.type is WSMsgType.TEXT, (message, self.drawn[-3000:])
                json.loads(message.data)
        return self.drawn

    async def quiet(self) -> None:
        """Read until nothing more is drawn for a while: what was asked has been done."""
        with suppress(TimeoutError):
            while True:
                message = await self.socket.receive(timeout=0.7)
                assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT), message

    def forget(self) -> None:
        """What has been drawn up to now no longer counts."""
        self.drawn, self._bytes = "", b""

    async def reason(self) -> str:
        """Read to the end; why the server closed."""
        while True:
            message = await self.socket.receive(timeout=60)
            if message.type is WSMsgType.CLOSE:
                return str(message.extra)
            assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT), message


@asynccontextmanager
async def client(server: Server, *, known: bool = True) -> AsyncIterator[ClientSession]:
    """A browser without a screen; ``known``: it has opened the address with the token."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        if known:
            async with session.get(
                server.base + urlsplit(server.address).path, params=_token(server)
            ) as page:
                assert page.status == 200
        yield session


def _token(server: Server) -> dict[str, str]:
    from urllib.parse import parse_qsl

    return dict(parse_qsl(urlsplit(server.address).query))


@asynccontextmanager
async def visiting(server: Server, *, columns: int = 140, lines: int = 40) -> AsyncIterator[Visitor]:
    """A page that has been opened."""
    async with (
        client(server) as session,
        session.ws_connect(
            f"{server.base}/ws?width={columns}&height={lines}", headers={"Origin": server.base}
        ) as socket,
    ):
        yield Visitor(socket)

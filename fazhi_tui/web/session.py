"""One visitor: a process of the program, its screen to the page, the page's keys to it."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import shlex
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

#: Seconds that a process has to leave by itself: what it is writing is finished first.
GRACE = 10.0
#: Seconds after each signal that follows.
SIGNAL_GRACE = 3.0
#: Largest window that a page may ask for, in columns and lines.
LARGEST = (1000, 500)
#: Bytes of a close reason that fit into a websocket's frame.
_REASON_BYTES = 120
#: Bytes of what a process says on its error stream that are kept: the last ones count.
_KEPT = 4096


class Session(AppService):
    """The protocol is textual-serve's; how the process is started, ended and watched over is ours."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        websocket: web.WebSocketResponse,
        downloads: DownloadManager,
    ) -> None:
        super().__init__(
            shlex.join(command),
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=self.close,
            download_manager=downloads,
        )
        self._words = tuple(command)
        self._extra = dict(environment)
        self._websocket = websocket

    async def close(self, reason: str = "已退出。") -> None:
        """End the page's connection, saying why."""
        await self._websocket.close(message=cut(reason))

    async def take(self, text: str) -> None:
        """One message of the page; what is none is ignored."""
        try:
            message = json.loads(text)
            kind, data = message[0], message[1] if len(message) > 1 else None
        except (ValueError, TypeError, LookupError, RecursionError):
            return
        if kind == "stdin" and isinstance(data, str):
            # Half a surrogate pair is no text, and an empty packet is none: either would end the reading of
            # keys over there.
            if keys := data.encode("utf-8", "ignore"):
                await self.send_bytes(keys)
        elif kind == "resize" and isinstance(data, dict):
            await self.set_terminal_size(*window(data.get("width"), data.get("height")))
        elif kind == "ping" and isinstance(data, str):
            await self._websocket.send_json(["pong", data])
        elif kind == "focus":
            await self.focus()
        elif kind == "blur":
            await self.blur()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = {**self._build_environment(width, height), **self._extra}
        # A session of its own: Ctrl+C at the server's terminal is the server's alone, which then ends all.
        self._process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment,
            start_new_session=True,
            preexec_fn=_end_with_server,
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Carry what the process shows to the page until it ends."""
        process = self._process
        assert process is not None
        assert process.stderr is not None
        said = asyncio.create_task(_last_words(process.stderr))
        began = await self._relay(process)
        await process.wait()
        words = (await said).decode("utf-8", "replace").strip()
        if process.returncode or not began:
            await self.close(f"程序意外结束：{words.splitlines()[0] if words else process.returncode}")
        else:
            await self.close()

    async def _relay(self, process: Process) -> bool:
        """Whether the process ever began to draw."""
        source = process.stdout
        assert source is not None
        began = False
        with suppress(asyncio.IncompleteReadError, ValueError):
            while await source.readline() not in (b"__GANGLION__\n", b""):
                pass
            while True:
                kind = await source.readexactly(1)
                payload = await source.readexactly(int.from_bytes(await source.readexactly(4), "big"))
                began = True
                # A page that has gone takes nothing more; the process must be read all the same to end.
                with suppress(ConnectionError, RuntimeError):
                    if kind == b"D":
                        await self.on_data(payload)
                    elif kind == b"M":
                        await self.on_meta(payload)
                    elif kind == b"P":
                        await self.on_packed(payload)
        return began

    async def on_meta(self, data: bytes) -> None:
        """As textual-serve does; but only web pages are opened, never a script."""
        meta: dict[str, Any] = json.loads(data)
        if meta.get("type") == "open_url" and urlsplit(str(meta.get("url"))).scheme not in ("http", "https"):
            return
        await super().on_meta(data)

    async def stop(self) -> None:
        """Ask the process to leave and wait until it has; one that does not is ended."""
        task, self._task = self._task, None
        if task is None:
            return
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        await self.send_meta({"type": "quit"})
        await asyncio.wait({task}, timeout=GRACE)
        for number in (signal.SIGTERM, signal.SIGKILL):
            if not task.done():
                if self._process is not None and self._process.returncode is None:
                    with suppress(ProcessLookupError):
                        os.killpg(self._process.pid, number)
                await asyncio.wait({task}, timeout=SIGNAL_GRACE)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


#: Looked up here: between fork and exec nothing may be imported.
_PRCTL = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def _end_with_server() -> None:
    """In the new process: a server that is killed outright takes its visitors' processes with it."""
    if _PRCTL is not None:
        _PRCTL(_PR_SET_PDEATHSIG, signal.SIGTERM)


def window(width: object, height: object) -> tuple[int, int]:
    """Columns and lines as a page asks for them, within reason."""
    return _within(width, 80, LARGEST[0]), _within(height, 24, LARGEST[1])


def _within(given: object, usual: int, most: int) -> int:
    try:
        return min(max(int(str(given)), 1), most)
    except ValueError:
        return usual


def cut(reason: str) -> bytes:
    """A reason as it fits into a websocket's last frame, no character torn."""
    return reason.encode()[:_REASON_BYTES].decode("utf-8", "ignore").encode()


async def _last_words(stream: asyncio.StreamReader) -> bytes:
    kept = b""
    while more := await stream.read(_KEPT):
        kept = (kept + more)[-_KEPT:]
    return kept

"""A headless Chromium, driven over its DevTools websocket."""

from __future__ import annotations

import asyncio
import base64
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip
#: Keeps the terminal of the page where its text can be read: it is drawn, not written, into the page.
WATCH = """
Object.defineProperty(Object.prototype, '_core', {
  configurable: true,
  set(core) {
    Object.defineProperty(this, '_core', {value: core, writable: true, configurable: true, enumerable: true});
    if (typeof this.open === 'function') window.seenTerminal = this;
  },
});
window.sentKeys = [];
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) { window.sentKeys.push(data); return send.call(this, data); };
"""
READ = """
(() => {
  const terminal = window.seenTerminal;
  if (!terminal || !terminal.element) return '';
  const buffer = terminal.buffer.active, lines = [];
  for (let n = 0; n < terminal.rows; n++) {
    lines.push(buffer.getLine(buffer.viewportY + n).translateToString(true));
  }
  return lines.join('\\n');
})()
"""


class Page:
    """One page.  ``asked`` are the addresses that it has asked for."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.asked: list[str] = []
        self.told: list[str] = []
        self._loaded = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            event = message.json()
            if "id" in event:
                self._answers.pop(event["id"]).set_result(event)
            elif event["method"] == "Network.requestWillBeSent":
                self.asked.append(event["params"]["request"]["url"])
            elif event["method"] == "Network.webSocketCreated":
                self.asked.append(event["params"]["url"])
            elif event["method"] == "Page.loadEventFired":
                self._loaded.set()
            elif event["method"] in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.told.append(str(event["params"]))

    async def do(self, method: str, **words: Any) -> dict[str, Any]:
        """One DevTools command."""
        self._number += 1
        self._answers[self._number] = answer = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": words})
        event = await asyncio.wait_for(answer, 30)
        assert "error" not in event, (method, event)
        result: dict[str, Any] = event["result"]
        return result

    async def open(self, address: str) -> None:
        """Go to an address."""
        for room in ("Page", "Network", "Runtime", "Log"):
            await self.do(f"{room}.enable")
        await self.do("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        await self._load("Page.navigate", url=address)

    async def reload(self) -> None:
        """Load the page again."""
        await self._load("Page.reload")

    async def _load(self, method: str, **words: Any) -> None:
        """Wait until the new page is there: a script asked meanwhile has no page to run in."""
        self._loaded.clear()
        await self.do(method, **words)
        await asyncio.wait_for(self._loaded.wait(), 60)

    async def run(self, script: str) -> Any:
        """The value of a script in the page."""
        result = await self.do("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    async def shown(self) -> str:
        """The terminal's text, line by line."""
        return str(await self.run(READ))

    async def wait_for(self, *texts: str, gone: str = "", timeout: float = 60) -> str:
        """Wait until all ``texts`` are on the terminal and ``gone`` is not; gives its text."""
        shown = ""
        for _ in range(int(timeout * 10)):
            shown = await self.shown()
            if all(text in shown for text in texts) and not (gone and gone in shown):
                return shown
            await asyncio.sleep(0.1)
        raise AssertionError(f"never on the screen: {texts}\n{shown}\n{self.told}")

    async def quiet(self) -> None:
        """Wait until the screen stands still: what was asked has been done."""
        before, still = await self.shown(), 0
        while still < 7:
            await asyncio.sleep(0.1)
            now = await self.shown()
            before, still = now, still + 1 if now == before else 0

    async def wait_until(self, script: str, timeout: float = 30) -> None:
        """Wait until a script is true in the page."""
        for _ in range(int(timeout * 10)):
            if await self.run(script):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"never true: {script}\n{self.told}")

    async def type(self, text: str) -> None:
        """Type characters as a keyboard does."""
        for letter in text:
            await self.key(letter, text=letter, code=0)

    async def key(self, name: str, *, code: int, text: str = "", modifiers: int = 0) -> None:
        """Press and release one key; ``code`` is the old Windows key code, ``modifiers`` 2 for Ctrl."""
        words = {"key": name, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        await self.do("Input.dispatchKeyEvent", type="keyDown", text=text, **words)
        await self.do("Input.dispatchKeyEvent", type="keyUp", **words)

    async def resize(self, width: int, height: int) -> None:
        """Another size of the window, in pixels."""
        await self.do(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    async def picture(self, path: Path) -> None:
        """A picture of the page."""
        done = await self.do("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(done["data"]))


@asynccontextmanager
async def chromium(folder: Path, width: int = 1200, height: int = 760) -> AsyncIterator[Page]:
    """A page of a browser of its own, with an empty profile below ``folder``."""
    assert CHROMIUM is not None
    profile = folder / "profile"
    profile.mkdir()
    browser = await asyncio.create_subprocess_exec(
        CHROMIUM, *SWITCHES, f"--user-data-dir={profile}", f"--window-size={width},{height}",
        "--remote-debugging-port=0", "about:blank", stdout=DEVNULL, stderr=PIPE,
    )  # fmt: skip
    assert browser.stderr is not None
    try:
        place = ""
        while not place:
            line = (await asyncio.wait_for(browser.stderr.readline(), 60)).decode()
            assert line, "the browser did not start"
            found = re.search(r"DevTools listening on ws://([^/]+)/", line)
            place = found.group(1) if found else ""
        emptying = asyncio.create_task(browser.stderr.read())
        async with ClientSession() as session:
            async with session.get(f"http://{place}/json/list") as answer:
                pages = await answer.json(content_type=None)
            where = next(one["webSocketDebuggerUrl"] for one in pages if one["type"] == "page")
            async with session.ws_connect(where, max_msg_size=0) as socket:
                yield Page(socket)
    finally:
        if browser.returncode is None:
            browser.terminate()
        await browser.wait()
        emptying.cancel()

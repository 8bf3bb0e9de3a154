"""The page in a real browser, without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.browser import CHROMIUM, chromium
from tests.web.serving import serving

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed; .ci/run installs it")


#: The cell at which the list's heading 状态 begins, and those at which its values 未启动 do.
COLUMN = """
(() => {
  const found = {'状态': [], '未启': []};
  for (let n = 2; n < seenTerminal.rows; n++) {
    const line = seenTerminal.buffer.active.getLine(n);
    for (let x = 30; x < seenTerminal.cols - 50; x++) {
      const two = line.getCell(x).getChars() + line.getCell(x + 2).getChars();
      if (two in found) found[two].push(x);
    }
  }
  return [found['状态'][0], found['未启']];
})()
"""


async def test_the_page_shows_the_list_and_filters_as_one_types(tracker: Path, tmp_path: Path) -> None:
    async with serving(tracker) as server, chromium(tmp_path) as page:
        await page.open(server.address)
        first = await page.wait_for("48/48", "分支 main", "优化政府机构设置")
        assert "只读" in first.splitlines()[-1]
        # No click first, and what an input method commits arrives as well.
        await page.type("/")
        await page.quiet()
        await page.type("lead:sfj")
        await page.wait_for("21/48")
        await page.type(" ")
        await page.do("Input.insertText", text="复议")
        await page.wait_for("lead:sfj 复议", gone="21/48")
        await page.key("Escape", code=27)
        await page.wait_for("48/48")

        # A Chinese character is two cells wide, and what stands in a column stands in one.
        heading, cells = await page.run(COLUMN)
        assert len(cells) > 10
        assert set(cells) == {heading}

        picture = tmp_path / "serve.png"
        await page.picture(picture)
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size > 20_000, "an empty page"

        # The window may change its size.
        await page.resize(800, 480)
        await page.wait_until("seenTerminal.cols < 110")
        await page.wait_for("48/48")
        assert not page.told or all("WebGL" in told for told in page.told), page.told
        # Nothing is asked of any other host, and the token does not stay in the address bar.
        assert page.asked
        port = server.port
        for address in page.asked:
            assert address.startswith((f"{server.base}/", f"ws://127.0.0.1:{port}/", "data:,")), address
        assert await page.run("location.href") == f"{server.base}/"
        assert await page.run("document.title") == "法治政府建设台账（只读）"
        assert await page.run("document.cookie") == ""

        # A reload needs no token, and an end is told in Chinese.
        await page.reload()
        await page.wait_for("48/48")
        await page.type("q")
        await page.wait_until("document.body.classList.contains('-closed')")
        assert await page.run("document.getElementById('why').textContent") == "已退出。"


async def test_keys_that_a_browser_uses_itself_reach_the_program(tracker: Path, tmp_path: Path) -> None:
    async with serving(tracker) as server, chromium(tmp_path) as page:
        await page.open(server.address)
        await page.wait_for("48/48", "分支 main")
        for name, code, modifiers, sent in (
            ("F1", 112, 0, "\x1bOP"),
            ("F3", 114, 0, "\x1bOR"),
            ("F5", 116, 0, "\x1b[15~"),
            ("F12", 123, 0, "\x1b[24~"),
            ("p", 80, 2, "\x10"),
            ("f", 70, 2, "\x06"),
            ("s", 83, 2, "\x13"),
        ):
            await page.run("window.sentKeys.length = 0")
            await page.key(name, code=code, modifiers=modifiers)
            await page.wait_until("window.sentKeys.some(sent => sent.startsWith('[\"stdin\"'))")
            assert sent in await page.run("JSON.parse(sentKeys.find(sent => sent.includes('stdin')))[1]")
            # Each opens something of ours; the browser has done nothing.
            for _ in range(2):
                # Two at once would be Alt and Esc to a terminal.
                await page.key("Escape", code=27)
                await page.quiet()
        assert await page.run("location.href") == f"{server.base}/"
        await page.wait_for("48/48", "分支 main")

        # Ctrl+V is the browser's paste, and what is pasted arrives.
        await page.type("/")
        await page.quiet()
        await page.run("window.sentKeys.length = 0")
        await page.key("v", code=86, modifiers=2)
        await page.quiet()
        assert "0016" not in await page.run("sentKeys.join()")
        await page.run(
            "(() => { const data = new DataTransfer(); data.setData('text/plain', '行政复议');"
            " document.querySelector('.xterm-helper-textarea').dispatchEvent("
            "   new ClipboardEvent('paste', {clipboardData: data, bubbles: true})); })()"
        )
        await page.wait_for("筛选  行政复议", gone="48/48")

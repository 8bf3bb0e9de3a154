"""The picture of the browser for the README: ``python -m tests.pictures.browsing`` (``make pictures``).

The example (示例) in a real ``fazhi serve``, drawn by a real headless Chromium.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from PIL import Image

from fazhi_tui.service.demo.build import DEMO_TODAY, build_demo
from tests.pictures.painting import INTO
from tests.web.browser import chromium
from tests.web.serving import serving


async def browse(into: Path) -> None:
    """Open the list in the browser and take its picture."""
    with tempfile.TemporaryDirectory(prefix="fazhi-") as folder:
        root = build_demo(Path(folder) / "demo").root
        async with (
            serving(root, env={"FAZHI_TODAY": str(DEMO_TODAY)}) as server,
            chromium(Path(folder)) as page,
        ):
            await page.open(server.address)
            await page.wait_for("我的单位", "待审核")
            await page.key("Escape", code=27)
            await page.wait_for("48/48")
            await page.type("/")
            await page.quiet()
            await page.type("lead:sfj")
            await page.wait_for("21/48")
            await page.picture(into)
    image = Image.open(into).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(into, optimize=True)


if __name__ == "__main__":
    asyncio.run(browse(INTO / "serve.png"))

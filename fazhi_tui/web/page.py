"""What the browser is given: our page, our style, and the terminal that textual-serve brings.

Everything comes from here: no font, script or picture of another host is asked for, and the page's policy
forbids it.  The files are named one by one, so that no path leads anywhere else.
"""

from __future__ import annotations

import json
from importlib.resources import files
from string import Template

#: "fazhi narrow" is the style sheet's, for single characters.  Fonts whose Chinese characters are exactly
#: two Latin ones wide come next; then good Latin ones with what each system has for Chinese.  None is loaded
#: from anywhere: the first that the visitor has is used.
FONTS = (
    "fazhi narrow", "Sarasa Mono SC", "Sarasa Term SC",
    "Noto Sans Mono CJK SC", "Source Han Mono SC", "Maple Mono NF CN",
    "WenQuanYi Zen Hei Mono", "WenQuanYi Micro Hei Mono", "Cascadia Mono", "Consolas", "SF Mono", "Menlo",
    "DejaVu Sans Mono", "Noto Sans Mono", "PingFang SC", "Microsoft YaHei", "NSimSun", "Noto Sans CJK SC",
)  # fmt: skip
#: How the terminal's script names its fonts; there is no setting for them.
_THEIR_FONTS = "\"'Roboto Mono', Monaco, 'Courier New', monospace\""

#: What a page may load and do.  Styles are made by the terminal's script as it runs.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def pieces() -> dict[str, tuple[bytes, str]]:
    """Path → content and type, of all that the page loads."""
    own = files("fazhi_tui.web") / "static"
    theirs = files("textual_serve") / "static"
    fonts = ", ".join([*(f"'{name}'" for name in FONTS), "monospace"])
    script = (theirs / "js" / "textual.js").read_text("utf-8").replace(_THEIR_FONTS, json.dumps(fonts))
    return {
        "/static/page.css": ((own / "page.css").read_bytes(), "text/css"),
        "/static/page.js": ((own / "page.js").read_bytes(), "text/javascript"),
        "/static/xterm.css": ((theirs / "css" / "xterm.css").read_bytes(), "text/css"),
        "/static/textual.js": (script.encode(), "text/javascript"),
    }


def page(*, writable: bool) -> str:
    """The page itself."""
    text = (files("fazhi_tui.web") / "static" / "page.html").read_text("utf-8")
    title = "法治政府建设台账" if writable else "法治政府建设台账（只读）"
    return Template(text).substitute(title=title, writable="yes" if writable else "no")

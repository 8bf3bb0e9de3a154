"""The screen in a browser (``fazhi serve``).  Only this room imports textual_serve and aiohttp.

A visitor's page is a terminal; behind each runs the program itself as a process of its own, whose screen
goes to the page and whose keys come from it.  Who is let in is :mod:`gate`'s, what the page is made of
:mod:`page`'s, one visitor's process :mod:`session`'s.
"""

from __future__ import annotations

from collections.abc import Callable

from fazhi_tui.web.settings import Serving

__all__ = ["Serving", "serve"]


def serve(settings: Serving, started: Callable[[str, bool], None]) -> None:
    """Serve until Ctrl+C or SIGTERM; every visitor's process has ended when this returns.

    ``started`` is told the address to open (token included) and whether other machines can reach it, once
    the port is open.  Raises :class:`FazhiError` where the address cannot be used.
    """
    import asyncio

    from fazhi_tui.web.server import run

    asyncio.run(run(settings, started))

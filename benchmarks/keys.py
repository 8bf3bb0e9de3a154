"""How long a key takes in the real screen: from the key's event to the last frame that it leads to.

The app runs as it does in a terminal, except that what it would write to the terminal is made and then
thrown away.  Two clocks: *work* is the processor time of the screen's own thread (what we, Textual
included, do), *wait* is what a person waits, Textual's sixtieth of a second between frames included.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual._compositor import CompositorUpdate
from textual.app import App
from textual.events import Key
from textual.keys import _character_to_key
from textual.screen import Screen

#: Seconds without a frame after which a key has done all that it does.
QUIET = 0.12
#: A hand's worth of keys a second.
BETWEEN_KEYS = 0.08


@dataclass(frozen=True, slots=True)
class Frame:
    """When a frame was done: by the clock, and by the processor time of the screen's thread."""

    moment: float
    worked: float


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of one key: until its first frame, until its last, and the work until then."""

    first: float
    last: float
    work: float


class Framed(App[Any]):
    """Mixed into an app: every frame is made as for a terminal, and its moment is kept."""

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Make what a terminal would be sent."""
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            renderable.render_segments(self.console)
            self.frames.append(Frame(time.perf_counter(), time.thread_time()))

    @property
    def frames(self) -> list[Frame]:
        """All frames so far."""
        frames: list[Frame] = self.__dict__.setdefault("_kept_frames", [])
        return frames


async def press(app: Framed, key: str) -> None:
    """Give a key to the app as its driver does, without waiting for anything."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    driver = app._driver
    assert driver is not None
    driver.send_message(Key(name, key if len(key) == 1 else None))


async def calm(app: Framed, quiet: float = QUIET) -> None:
    """Wait until no job is under way and no frame has come for a while."""
    while True:
        count = len(app.frames)
        await asyncio.sleep(quiet)
        if len(app.frames) == count and all(worker.is_finished for worker in app.workers):
            return


async def take(app: Framed, key: str | Callable[[], object], right: Callable[[], bool]) -> Taken:
    """Press a key (or do something) and wait for its last frame; the screen has to be right then."""
    await calm(app)
    app.frames.clear()
    start, worked = time.perf_counter(), time.thread_time()
    if isinstance(key, str):
        await press(app, key)
    else:
        app.call_later(key)
    await calm(app)
    if not app.frames:
        raise RuntimeError(f"{key!r} changed nothing on the screen")
    if not right():
        raise RuntimeError(f"{key!r} left the screen wrong")
    first, last = app.frames[0], app.frames[-1]
    return Taken((first.moment - start) * 1000, (last.moment - start) * 1000, (last.worked - worked) * 1000)


async def waits(app: Framed, keys: list[str], busy: Callable[[], bool]) -> list[float]:
    """The milliseconds until each key's first frame while something else is under way, key after key."""
    found: list[float] = []
    while busy():
        key = keys[len(found) % len(keys)]
        app.frames.clear()
        start = time.perf_counter()
        await press(app, key)
        while not app.frames and time.perf_counter() - start < 10:
            await asyncio.sleep(0.001)
        found.append((app.frames[0].moment - start) * 1000)
        await asyncio.sleep(BETWEEN_KEYS)
    return found


def told(values: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(values)
    return (
        round(statistics.median(ordered), 1),
        round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
    )

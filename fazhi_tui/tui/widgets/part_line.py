"""One line of parts beside each other; a click on a part does its action."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.content import Content
from textual.widget import Widget

#: What a part shows, and the Textual action that a click on it does; none where it is empty.
Part = tuple[Content, str]


class PartLine(Widget):
    """The parts come from :meth:`parts`, from the left."""

    ALLOW_SELECT = False

    def parts(self) -> Iterable[Part]:
        """The parts as they are now."""
        raise NotImplementedError

    def render(self) -> Content:
        """The parts behind one another."""
        return Content("").join(content for content, _ in self.parts())

    async def on_click(self, event: events.Click) -> None:
        """Do what the part under the mouse does."""
        left = 0
        for content, action in self.parts():
            width = content.cell_length
            if action and left <= event.x < left + width:
                await self.run_action(action)
                return
            left += width

"""The floor of the screen: a Textual app with one field and one line that repeats it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class EmptyApp(App[None]):
    """Shows ``floor:`` and what is typed."""

    def compose(self) -> ComposeResult:
        """The field and the line."""
        yield Input()
        yield Static("floor:ready", id="line")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Repeat it."""
        self.query_one("#line", Static).update(f"floor:{event.value}")


if __name__ == "__main__":
    EmptyApp().run()

"""The two lines at the foot: what can be done here, and where the repository stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widget import Widget

from fazhi_tui.domain.model.repository import RepoStatus
from fazhi_tui.domain.text.cells import cell_len, cut
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.part_line import Part, PartLine

#: Key as written, what it does in a word, and the Textual action that a click on it does.
Hint = tuple[str, str, str]


class HintLine(PartLine):
    """Keys and what they do, as many as fit; a click on one does it."""

    def __init__(self, hints: Sequence[Hint], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints = tuple(hints)

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other hints."""
        self._hints = tuple(hints)
        self.refresh()

    def parts(self) -> Iterator[Part]:
        """The hints from the left, none cut in half."""
        yield Content(" "), ""
        used = 1
        for key, name, action in self._hints:
            content = Content.assemble(
                (key, "bold $footer-key-foreground"), (f" {name}  ", "$footer-foreground")
            )
            used += content.cell_length
            # The two blanks after the last one may fall off the edge.
            if used > self.content_size.width + 2:
                return
            yield content, action


class StatusLine(Widget):
    """Branch, ahead and behind, dirty files: always; and, for a while, what was just done or refused."""

    ALLOW_SELECT = False
    #: How long a message stays, in seconds.
    MESSAGE_SECONDS = 12.0

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._repository = self._in_short = Content("读取 git 状态")
        self._said = Content("")
        self._waiting = ""
        self._extra = ""
        self._read_only = Content("")
        self._times_said = 0

    def tell_repository(self, status: RepoStatus | None, refusal: str = "", press: str = "") -> None:
        """Show git's state, or why there is none; ``press`` says which key goes on with a merge."""
        if status is None:
            self._repository = plain(f"git 不可用：{one_line(refusal)}", "$text-warning")
            self._in_short = plain("git 不可用", "$text-warning")
        else:
            self._repository = _repository_text(status, press)
            self._in_short = _repository_in_short(status)
        self.refresh()

    def tell_read_only(self) -> None:
        """From now on say, before all else and always, that nothing can be changed here."""
        self._read_only = plain("只读", "bold reverse $text-warning") + Content(" ")
        self.refresh()

    def tell_extra(self, text: str) -> None:
        """Problems and drafts, beside git's state."""
        self._extra = text
        self.refresh()

    def wait_for(self, text: str) -> None:
        """Tell what is being waited for; an empty text takes it away again, but nothing said since."""
        if text or self._said.plain == self._waiting:
            self.say(text, "$text-primary")
        self._waiting = self._said.plain if text else ""

    def say(self, text: str, style: str = "") -> None:
        """Tell something for a while, at the line's left."""
        self._said = plain(one_line(text), style)
        self._times_said += 1
        self.refresh()
        this_time = self._times_said

        def clear() -> None:
            if self._times_said == this_time:
                self._said = Content("")
                self.refresh()

        if text:
            self.set_timer(self.MESSAGE_SECONDS, clear)

    def render(self) -> Content:
        """The message first; git's state, in short if need be, is never pushed out of the line."""
        width = self.content_size.width
        extra = plain(self._extra, "$text-warning") if self._extra else Content("")
        tail = self._read_only + Content(" | ").join(
            [piece for piece in (extra, self._repository) if piece.plain]
        )
        if not self._said.plain:
            return Content(" ") + _fitted(tail, width - 1)
        if cell_len(self._said.plain) + cell_len(tail.plain) + 4 > width:
            tail = self._read_only + self._in_short
        said = _fitted(self._said, max(width - cell_len(tail.plain) - 4, 10))
        gap = max(width - cell_len(said.plain) - cell_len(tail.plain) - 2, 1)
        return Content.assemble(" ", said, " " * gap, tail)


def _fitted(content: Content, width: int) -> Content:
    if cell_len(content.plain) <= width:
        return content
    kept = cut(content.plain, width)
    return Content(kept, spans=[span for span in content.spans if span.start < len(kept)])


def _repository_text(status: RepoStatus, press: str) -> Content:
    where = plain(f"分支 {one_line(status.branch)}" if status.branch else f"游离 HEAD {status.head}")
    parts = [where.stylize("bold" if status.branch else "bold $text-warning")]
    if status.operation:
        way = f"，{press} 接着做" if status.operation == "合并" else ""
        parts.append(plain(f"{status.operation}进行中{way}", "bold $text-warning"))
    if status.ahead is None:
        parts.append(Content.styled("无上游", "$text-muted"))
    elif status.ahead or status.behind:
        parts.append(Content(f"领先 {status.ahead} 落后 {status.behind}"))
    else:
        parts.append(Content.styled("与上游一致", "$text-muted"))
    changed = dict.fromkeys([*status.dirty, *status.staged])
    if not changed:
        parts.append(Content.styled("无未提交改动", "$text-muted"))
    else:
        names = one_line(next(iter(changed)), 24) + (" 等" if len(changed) > 1 else "")
        parts.append(plain(f"未提交 {len(changed)} 个文件：{names}", "$text-warning"))
    return Content("  ").join(parts)


def _repository_in_short(status: RepoStatus) -> Content:
    parts = [one_line(status.branch or status.head, 14)]
    if status.operation:
        parts.append(f"{status.operation}中")
    if status.ahead is not None and status.behind is not None and (status.ahead or status.behind):
        parts.append(f"+{status.ahead} -{status.behind}")
    parts.append(f"未提交 {len(dict.fromkeys([*status.dirty, *status.staged]))}")
    return plain(" ".join(parts), "$text-muted")

"""What was typed and not committed: every draft, also where its measure is gone or cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.cells import cell_len, cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.view import View
from fazhi_tui.tui.dialogs.picker import Pick, Picker
from fazhi_tui.tui.styles import moment, plain
from fazhi_tui.tui.widgets.prose import Block

LABEL_WIDTH = 14


def draft_blocks(draft: Draft, view: View) -> list[Block]:
    """A draft to be looked at before it is taken up: what was chosen, when, how things stand, the text."""
    request = draft.request
    facts = [request.kind.value, request.status.value if request.status else "状态不变", request.unit]
    facts += [moment(draft.time)] if draft.time else []
    blocks = [Block(one_line("  ".join(fact for fact in facts if fact)), "$text-muted")]
    blocks += [Block(said, "$text-warning") for said in _since(draft, view)]
    blocks.append(Block(request.message or "（还没有写内容）"))
    return blocks


def _since(draft: Draft, view: View) -> list[str]:
    """What has changed under the draft."""
    said = []
    for number in draft.measures:
        try:
            status = view.row(number).state.status
        except UsageError:
            broken = next((path for path, guessed in view.tracker.broken.items() if guessed == number), "")
            why = f"现在读不出来：{one_line(broken)} 有错，改好后可以接着填" if broken else "已经不在台账里"
            said.append(f"第 {one_line(number)} 条{why}")
            continue
        if draft.seen is not None and status is not draft.seen:
            said.append(f"写草稿时第 {number} 条状态是{draft.seen}，现在是{status}")
    return said


class DraftsScreen(Picker[Draft]):
    """The result is the draft to go on with."""

    heading = "没有提交的草稿"
    manual_page = "form"
    placeholder = "编号、单位或内容的一部分"

    def __init__(self, drafts: Sequence[Draft], view: View) -> None:
        super().__init__()
        self._drafts = tuple(drafts)
        self._view = view

    def find(self, typed: str) -> Sequence[Pick[Draft]]:
        """Drafts whose numbers or text hold what was typed."""
        return [
            Pick(self._line(draft), draft)
            for draft in self._drafts
            if typed in draft.measures or typed in draft.request.message or typed in draft.request.unit
        ]

    def _line(self, draft: Draft) -> Content:
        label = pad(one_line(draft.label), LABEL_WIDTH)
        when = moment(draft.time) if draft.time else ""
        gone = is_gone(draft, self._view)
        lead = f"{draft.request.kind}  {when}  "
        text = one_line(draft.request.message, 100) or "（还没有写内容）"
        rest = max(self.list_width - cell_len(label + lead) - (6 if gone else 0), 8)
        return Content.assemble(
            (label, "bold"),
            ("读不到  " if gone else "", "bold $text-warning"),
            (lead, "$text-muted"),
            plain(cut(text, rest)),
        )

    def about(self) -> Content:
        """How many."""
        return plain(f"{len(self._drafts)} 份" if self._drafts else "没有草稿", "$text-muted")


def is_gone(draft: Draft, view: View) -> bool:
    """Whether no form can be opened for a draft: one of its measures cannot be read."""
    return not {row.measure.id for row in view.rows}.issuperset(draft.measures)

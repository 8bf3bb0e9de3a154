"""What was typed and not committed, kept outside the work tree."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path

from fazhi_tui.domain.as_of import time_in
from fazhi_tui.domain.model.errors import NotAllowedError, RepositoryError
from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.records import json_store
from fazhi_tui.records.fields import fields_of, to_json
from fazhi_tui.records.reader import read_plain
from fazhi_tui.service.locate import plan_zone
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.read_only import READ_ONLY, READ_ONLY_HINT

#: How the key of a draft for several measures begins; no number of a measure does.
_SEVERAL = "batch-"


@dataclass(frozen=True)
class Draft:
    """A form as it was left: what was typed, for which measures, and what its writer saw.

    ``several`` says that it is of the form for several measures; ``time`` is when it was last written.
    """

    request: ReportRequest = keyed("填报", "所填写的内容。")
    measures: tuple[str, ...] = keyed("各条", "填报哪些措施。")
    seen: Status | None = keyed("所见状态", "写的时候措施的状态。", default=None)
    several: bool = keyed("一起", "几条一起填报。", default=False)
    together: bool = keyed("合并", "几条合为一次提交。", default=False)
    time: datetime | None = None

    @property
    def label(self) -> str:
        """How a list names it: ``28``, or ``3 等 5 条``."""
        return self.measures[0] + (f" 等 {len(self.measures)} 条" if self.several else "")


class Drafts:
    """The drafts of one tracker: one a measure, and one for each set of measures reported on together.

    With ``read_only`` none is kept and none forgotten.
    """

    def __init__(self, root: Path, *, read_only: bool = False) -> None:
        self._root = root
        self._read_only = read_only

    def save(self, request: ReportRequest) -> bool:
        """Keep what was typed for one measure; see :meth:`keep`."""
        return self.keep(Draft(request, (request.measure,)))

    def keep(self, draft: Draft, *, durable: bool = True) -> bool:
        """Keep a form as it stands, outside the work tree; False where that did not work.

        Without ``durable`` it outlives a killed process, but a power cut only after :meth:`settle`.  Never
        raises: a full disk must not stop a person who is typing.
        """
        if self._read_only:
            return False
        try:
            json_store.save(
                self._folder(), _key(draft.measures, draft.several), to_json(draft), durable=durable
            )
        except (OSError, RepositoryError):
            return False
        return True

    def settle(self, measures: Sequence[str], *, several: bool = False) -> None:
        """Bring a draft that was kept without ``durable`` to the disk itself."""
        with suppress(OSError, RepositoryError):
            json_store.settle(self._folder(), _key(measures, several))

    def load(self, measure: str) -> ReportRequest | None:
        """What was typed for one measure and not committed, or None."""
        draft = self.draft((measure,))
        return draft.request if draft else None

    def draft(self, measures: Sequence[str], *, several: bool = False) -> Draft | None:
        """The form for one measure, or for several in any order, as it was left; None where there is none."""
        return _read(self._folder(), _key(measures, several), plan_zone(self._root))

    def keys(self) -> tuple[str, ...]:
        """The numbers of the measures that have a draft of their own."""
        return tuple(key for key in json_store.keys(self._folder()) if not key.startswith(_SEVERAL))

    def every(self) -> tuple[Draft, ...]:
        """Every draft that can be read: single measures first, each group by number."""
        folder, zone = self._folder(), plan_zone(self._root)
        found = [draft for key in json_store.keys(folder) if (draft := _read(folder, key, zone)) is not None]
        return tuple(sorted(found, key=lambda draft: (draft.several, [*map(number_key, draft.measures)])))

    def labels(self) -> tuple[str, ...]:
        """How the foot of the screen names the drafts."""
        return tuple(draft.label for draft in self.every())

    def discard(self, measure: str) -> None:
        """Forget the draft of one measure."""
        self.forget((measure,))

    def forget(self, measures: Sequence[str], *, several: bool = False) -> None:
        """Forget the draft for these measures."""
        if self._read_only:
            raise NotAllowedError(READ_ONLY, READ_ONLY_HINT)
        json_store.discard(self._folder(), _key(measures, several))

    def _folder(self) -> Path:
        from fazhi_tui.vcs.paths import private_dir

        with suppress(RepositoryError):
            folder = private_dir(self._root) / "drafts"
            if os.access(folder.parent.parent, os.W_OK):
                return folder
        # No repository, or one on a read-only share: what is typed is kept under the user's own folder.
        import platformdirs

        name = sha256(str(self._root).encode()).hexdigest()[:16]
        return platformdirs.user_state_path("fazhi") / "drafts" / name


def _key(measures: Sequence[str], several: bool) -> str:
    """One measure's number, or a name made of all of them in whatever order they are given."""
    if not several:
        return measures[0]
    # Fifty numbers are longer than a file's name may be.
    numbers = "\n".join(sorted(set(measures)))
    return _SEVERAL + sha256(numbers.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _read(folder: Path, key: str, zone: timezone) -> Draft | None:
    """A draft as it was saved; None where there is none, or the file is damaged or of a later version."""
    saved = json_store.load(folder, key)
    if saved is None:
        return None
    draft, problems = read_plain(Draft, saved if "填报" in saved else _renewed(saved, key), key)
    kept = json_store.kept_at(folder, key)
    return None if draft is None or problems else replace(draft, time=kept and time_in(kept, zone))


def _renewed(saved: Mapping[str, object], key: str) -> dict[str, object]:
    """A draft as 0.1.0 wrote it: flat, under the names of the fields, measures only where several."""
    keys = {field.name: field.key for field in fields_of(ReportRequest)}
    about = {name: value for name, value in saved.items() if name in ("seen", "measures", "together")}
    request = {keys.get(name, name): value for name, value in saved.items() if name not in about}
    renewed = {"填报": request, "各条": about.get("measures", [key]), "一起": "measures" in about}
    return renewed | {"所见状态": about.get("seen"), "合并": about.get("together", False)}

"""What was typed and not committed, kept outside the work tree."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from fazhi_tui.domain.model.errors import NotAllowedError, RepositoryError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.records import draft_files
from fazhi_tui.service.error_words import READ_ONLY, READ_ONLY_HINT
from fazhi_tui.service.notes.request import ReportRequest

#: How the key of a draft for several measures begins; no number of a measure does.
_SEVERAL = "batch-"


@dataclass(frozen=True)
class Draft:
    """A form as it was left: what was typed, for which measures, and what its writer saw.

    ``seen`` is the measure's status then (None where nobody noted it); ``several`` that it is of the form
    for several measures, ``together`` that these were to be one commit; ``time`` when it was last written.
    """

    request: ReportRequest
    measures: tuple[str, ...]
    seen: Status | None = None
    several: bool = False
    together: bool = False
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
            draft_files.save(
                self._folder(), _key(draft.measures, draft.several), _to_json(draft), durable=durable
            )
        except (OSError, RepositoryError):
            return False
        return True

    def settle(self, measures: Sequence[str], *, several: bool = False) -> None:
        """Bring a draft that was kept without ``durable`` to the disk itself."""
        with suppress(OSError, RepositoryError):
            draft_files.settle(self._folder(), _key(measures, several))

    def load(self, measure: str) -> ReportRequest | None:
        """What was typed for one measure and not committed, or None."""
        draft = self.draft((measure,))
        return draft.request if draft else None

    def draft(self, measures: Sequence[str], *, several: bool = False) -> Draft | None:
        """The form for one measure, or for several in any order, as it was left; None where there is none."""
        folder, key = self._folder(), _key(measures, several)
        saved = draft_files.load(folder, key)
        return _from_json(saved, measures, draft_files.kept_at(folder, key)) if saved else None

    def keys(self) -> tuple[str, ...]:
        """The numbers of the measures that have a draft of their own."""
        return tuple(key for key in draft_files.keys(self._folder()) if not key.startswith(_SEVERAL))

    def every(self) -> tuple[Draft, ...]:
        """Every draft that can be read: single measures first, each group by number."""
        folder = self._folder()
        found = []
        for key in draft_files.keys(folder):
            saved = draft_files.load(folder, key) or {}
            measures = saved.get("measures")
            named = tuple(map(str, measures)) if isinstance(measures, list) else (key,)
            draft = _from_json(saved, named, draft_files.kept_at(folder, key))
            if draft is not None:
                found.append(draft)
        return tuple(sorted(found, key=lambda one: (one.several, [number_key(m) for m in one.measures])))

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
        draft_files.discard(self._folder(), _key(measures, several))

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


def _to_json(draft: Draft) -> dict[str, object]:
    values = {key: value for key, value in asdict(draft.request).items() if value not in (None, ())}
    if draft.request.new_due:
        values["new_due"] = draft.request.new_due.isoformat()
    if draft.seen is not None:
        values["seen"] = draft.seen.value
    if draft.several:
        values |= {"measures": list(draft.measures), "together": draft.together}
    return values


def _from_json(saved: Mapping[str, object], measures: Sequence[str], time: datetime | None) -> Draft | None:
    """A draft as it was saved; None where the file is not one (written by another version, or damaged)."""
    try:
        known = {field.name for field in fields(ReportRequest)}
        about = {"seen", "measures", "together"}
        if set(saved) - known - about:
            return None
        values = {key: value for key, value in saved.items() if key in known}
        if "kind" in values:
            values["kind"] = NoteKind(str(values["kind"]))
        if "status" in values:
            values["status"] = Status(str(values["status"]))
        if "new_due" in values:
            values["new_due"] = date.fromisoformat(str(values["new_due"]))
        if "evidence" in values:
            values["evidence"] = tuple(values["evidence"])  # type: ignore[arg-type]
        seen = Status(str(saved["seen"])) if "seen" in saved else None
        request = ReportRequest(**values)  # type: ignore[arg-type]
        return Draft(request, tuple(measures), seen, "measures" in saved, saved.get("together") is True, time)
    except (TypeError, ValueError):
        return None

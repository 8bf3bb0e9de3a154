"""What the rules of ``fazhi check`` share: the tracker, its units, and the problems found so far."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import excerpt, printable
from fazhi_tui.domain.unit_history import lasting_index, names_of
from fazhi_tui.records.convert import nearest
from fazhi_tui.records.line_index import Lines
from fazhi_tui.records.yaml.parser import PROBLEM_LIMIT

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
#: A half-width mark that touches Chinese on both sides, closing marks in between allowed.
_HALF_WIDTH = re.compile(
    f"(?<={_HAN})[,;:?!()](?={_HAN})|(?<=[）”》」』])[,;:?!](?={_HAN})|(?<={_HAN})\\((?=[“《])"
)
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
#: An end of a sentence, with closing marks, and more text behind it on the same line.
_TWO_SENTENCES = re.compile(r"[。！？][”’）》」』]*(?=[^”’）》」』\s。！？])")


class Checker:
    """Collects problems; a file and a key path are enough for it to know the line."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        #: Finds a unit by the names of every day.
        self.index = lasting_index(tracker.units, tracker.other_names)
        self.problems: list[Problem] = []
        self.lines = tracker.lines if isinstance(tracker.lines, Lines) else Lines({})
        #: Names exactly as the register writes them, those of other days too.
        self.written = {name for unit in tracker.units for name in (*_spellings(unit), *unit.aliases)}
        self._hints: dict[str, str] = {}
        self._measure_paths = {
            str(number[1].value): path
            for path, tree in self.lines.trees.items()
            if path.startswith("plan/") and path not in tracker.broken and (number := tree.get("编号"))
        }

    def measure_path(self, number: str) -> str:
        """The file of a measure."""
        return self._measure_paths.get(number, f"plan/{number.zfill(2)}.yaml")

    def error(self, path: str, keys: str, code: str, message: str, hint: str) -> None:
        """Note what makes the check fail, at a key of a file."""
        self._add(path, self.lines.place(path, keys), code, message, hint, Severity.ERROR)

    def warn(self, path: str, keys: str, code: str, message: str, hint: str) -> None:
        """Note what a person should look at, at a key of a file."""
        self._add(path, self.lines.place(path, keys), code, message, hint, Severity.WARNING)

    def warn_text(self, path: str, key: str, index: int, code: str, message: str, hint: str) -> None:
        """The same at a line of a text."""
        self._add(path, self.lines.text_place(path, key, index), code, message, hint, Severity.WARNING)

    def _add(
        self, path: str, place: tuple[int, int], code: str, message: str, hint: str, severity: Severity
    ) -> None:
        # Names from files stand in the words: nothing of them may break a line or move the cursor.
        self.problems.append(Problem(path, *place, code, printable(message), printable(hint), severity))

    def check_unit(self, path: str, keys: str, name: str) -> None:
        """A unit has to be in the register, written as it is there."""
        if not self.tracker.units or name in self.written:
            return
        known = self.index.get(name)
        if known is None:
            hint = f"{self._near(name)}改用名录里的名称，或在 plan/units.yaml 里补上这个单位或别名"
            self.error(path, keys, "unknown-unit", f"单位名录里没有“{excerpt(name)}”", hint)
            return
        spellings = (known.name, *_spellings(known), *known.aliases)
        same = next((spelling for spelling in spellings if len(spelling) == len(name)), known.name)
        message = f"“{excerpt(name)}”与名录里的写法“{same}”不同（全角与半角，或多了空格）"
        self.warn(path, keys, "unit-spelling", message, f"改为“{same}”")

    def check_text(self, path: str, key: str, text: str) -> None:
        """A text of several lines: full-width punctuation, and one sentence a line."""
        for index, line in enumerate(text.split("\n")):
            if found := _HALF_WIDTH.search(line):
                self.warn_text(path, key, index, "half-width", *_half_width(line, found))
            if _two_sentences(line):
                hint = "每句单独一行，改动时才看得清是哪一句"
                self.warn_text(path, key, index, "two-sentences", f"一行里不止一句：{excerpt(line)}", hint)

    def check_name(self, path: str, keys: str, text: str) -> None:
        """A name or a title: full-width punctuation only."""
        if found := _HALF_WIDTH.search(text):
            self.warn(path, keys, "half-width", *_half_width(text, found))

    def _near(self, name: str) -> str:
        """Which units may be meant; a file with very many unknown names is not looked up name by name."""
        if name not in self._hints:
            if len(self._hints) >= PROBLEM_LIMIT:
                return ""
            found = self.index.search(name)[:3] if len(name) > 1 else ()
            known = f"是不是“{'”“'.join(unit.name for unit in found)}”？"
            self._hints[name] = known if found else nearest(name, sorted(self.written))
        return self._hints[name]


def _spellings(unit: Unit) -> list[str]:
    return [name.name for name in names_of(unit)]


def numbers_text(numbers: Iterable[str]) -> str:
    """Numbers in order, for a message: ``3、4、28``."""
    return "、".join(sorted(numbers, key=number_key))


def _half_width(text: str, found: re.Match[str]) -> tuple[str, str]:
    near = text[max(found.start() - 4, 0) : found.end() + 4]
    mark = found.group()
    return f"汉字之间用了半角的 {mark}：{excerpt(near)}", f"改为全角的 {mark.translate(_FULL)}"


def _two_sentences(line: str) -> bool:
    """Whether a sentence ends before the line does; ends inside brackets or quotation marks do not count."""
    depth = at = 0
    for end in _TWO_SENTENCES.finditer(line):
        part = line[at : end.end()]
        depth += sum(map(part.count, "“《（「『")) - sum(map(part.count, "”》）」』"))
        at = end.end()
        if depth <= 0:
            return True
    return False

"""The corrections file of an import: which one counts, and a new one where there is none."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.system_errors import refusals_as
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.importer.corrections.file import Edit, edited, load_corrections
from fazhi_tui.importer.corrections.model import (
    DIGITS_OF_DOCUMENT,
    Corrections,
    Correspondence,
    Source,
)

#: Where a tracker keeps the document it was made from, and beside it what a person decided about it.
SOURCE_FOLDER = "plan/source"
CORRECTIONS = "corrections.yaml"

#: The reason that stands with what the program matched.
MATCHED = "按内容对应"

_HEAD = """\
# 导入校订：程序读错、读不准的地方，由人在这里决定，然后再导入一次；原件一个字节不动。
# 用 fazhi import 加 --review 逐处核对，决定会写进这里；也可以直接改这个文件。
# 每一条须与原文恰好吻合一次，否则导入停下来，报出本文件的行号，不会悄悄跳过。
#
# 可以写的（每条都要有理由或说明）：
#   期间      {{起: 2023-01-01, 止: 2025-12-31}}，标题看不出起止年份时
#   进展日期  表格里的进展没有写日期时，是哪一天的
#   边界      处（原文开头几个字）、作（章、节、措施、正文）、编号：并条、拆条、移界、改编号
#   分工      措施、牵头、参加、责任：代替从原文认出的单位
#   单位      更名（原、改）、异名（名称、别名）、成员（名称、成员）
#   事项      措施、原文、截止，有数量的加 数量、计量单位，各单位各算或按人算的加 计量方式
#   文字      处（措施编号）、原、改；通改：原、改、次数
#   略去      起、止：不是方案的一段
#   认可      事（照抄存疑的话）：看过了，照此导入
#   对应      措施（修订后的原件里的编号）、台账（台账里的编号，没有的写 新增）：分不清是哪一条时

来源:
  文件: {name}
  sha256: {sha256}
"""


@dataclass(frozen=True)
class CorrectionsInUse:
    """Corrections as values, and as the bytes that the tracker keeps of them."""

    values: Corrections = field(default_factory=Corrections)
    data: bytes = b""
    #: What became of the tracker's own corrections, to be told; empty where there is nothing to tell.
    told: str = ""


def find_corrections(source: Path, content: bytes, into: Path, named: Path | None) -> CorrectionsInUse:
    """The corrections named, else those beside the source, else the tracker's own, else none.

    The tracker's own were written for the document as it was: each of them is tried on the revised one,
    and stops the import with its line where it no longer fits.  Raises :class:`UsageError`.
    """
    own, sha256 = into / SOURCE_FOLDER / CORRECTIONS, hashlib.sha256(content).hexdigest()
    found = named or next((path for path in (source.parent / CORRECTIONS, own) if path.exists()), None)
    if found is None:
        # JSON's way of quoting is YAML's too.
        name = json.dumps(source.name, ensure_ascii=False)
        return CorrectionsInUse(Corrections(), _HEAD.format(name=name, sha256=sha256).encode())
    values, data = load_corrections(found), read_bytes(found, "校订文件")
    if found is not own or values.source.sha256 in ("", sha256):
        return CorrectionsInUse(values, data)
    return CorrectionsInUse(
        dataclasses.replace(values, source=Source(sha256="")),
        data.replace(values.source.sha256.encode(), sha256.encode()),
        "原件换了，台账里的校订仍逐条吻合，已用于新的原件",
    )


def recorded(in_use: CorrectionsInUse, digest: str, numbers: Mapping[str, str]) -> bytes:
    """The file with what a revision matched put down in 对应: numbers of the document → of the tracker.

    Only those that differ, or that a person decided; what was put down of earlier documents goes.
    """
    decided = in_use.values.decided_pairs(digest)
    wanted = [
        Correspondence(
            line=0,
            measure=number,
            tracker=to,
            reason=decided[number].reason if number in decided else MATCHED,
            document=digest[:DIGITS_OF_DOCUMENT],
        )
        for number, to in sorted(numbers.items(), key=lambda pair: number_key(pair[0]))
        if number != to or number in decided
    ]
    if wanted == [dataclasses.replace(entry, line=0) for entry in in_use.values.correspondences]:
        return in_use.data
    edits = [
        Edit(("对应",), None, lambda _: True),
        *(Edit(("对应",), each, lambda _: False) for each in wanted),
    ]
    return edited(in_use.data.decode("utf-8-sig"), edits).encode()


def read_bytes(path: Path, what: str) -> bytes:
    """A file's bytes.  Raises :class:`UsageError` that calls it ``what``."""
    with refusals_as(f"读不了{what} {one_line(str(path))}", "检查路径和文件名", UsageError):
        return path.read_bytes()

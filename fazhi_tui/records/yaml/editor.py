"""Changing keys of a file that people write too: nothing but the lines of these keys changes.

ruamel.yaml's round trip writes the whole file anew and loses blank lines, widths and quotes on the way.
Here the tree tells where a value stands, only that stretch of the text is replaced, and afterwards the text
is read again: it has to say exactly what was asked for, or nothing is changed at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.records.fields import Field, keys_of
from fazhi_tui.records.yaml.comparable import NOTHING, Data, Table, inner_table, merged, plain, says_default
from fazhi_tui.records.yaml.emitter import SCHEMA_FILES
from fazhi_tui.records.yaml.parser import Node, compose
from fazhi_tui.records.yaml.splice import Splicer, Unfit

KeyPath = tuple[str | int, ...]

_BOM = "\ufeff"


def edit(text: str, changes: Mapping[KeyPath, object], cls: type | None = None) -> str:
    """The text of a YAML file with some keys changed; comments, order, quotes and unknown keys stay.

    A path is keys and places in lists: ``("事项", 0, "截止")``.  A value is a text, number, flag, date, enum,
    a list of these, a dataclass of the model or a mapping; of a mapping only the keys that it names are
    changed, of a dataclass those of the model.  None takes a key or an element out, and so does a value
    that an absent key means anyway.  The place behind the last element of a list appends; a new key goes
    where the model's order has it.  Changes are made one after the other.  ``cls`` says what the file is;
    without it, its keys tell which of the tracker's it is.

    Raises :class:`RepositoryError` where the text is no sound YAML mapping, a path leads nowhere, or the
    place cannot be changed by itself; the caller then has the text as it was.
    """
    bom = _BOM if text.startswith(_BOM) else ""
    text = text[len(bom) :]
    for path, value in changes.items():
        text = _change(text, path, value, cls)
    return bom + text


def _change(text: str, path: KeyPath, value: object, cls: type | None) -> str:
    root = _parse(text)
    table = keys_of(cls) if cls else _table(root)
    shown = ".".join(map(str, path))
    after = _put(plain(root, table), path, value, None, table, shown)
    assert after is not None
    return _spliced(text, root, after, table, shown)


def saying(text: str, after: Data) -> str:
    """``text`` changed so that it says ``after``; raises as :func:`edit`."""
    bom = _BOM if text.startswith(_BOM) else ""
    root = _parse(text[len(bom) :])
    return bom + _spliced(text[len(bom) :], root, after, _table(root), "文件")


def _spliced(text: str, root: Node, after: Data, table: Mapping[str, Field], shown: str) -> str:
    if plain(root, table) == after:
        return text
    for quoted in (False, True):
        # A literal block or a text without quotes may clash with what stands around it: then quotes do.
        try:
            changed = Splicer(text, quoted=quoted).change(root, after, table)
            if plain(_parse(changed), table) == after:
                return changed
        except (Unfit, RepositoryError):
            continue
    raise RepositoryError(f"“{shown}”不能单独改动：这一处的 YAML 写法太特别", "用编辑器手工修改这个文件")


def says(text: str) -> dict[str, Data]:
    """What the text of a YAML file says.  Raises :class:`RepositoryError` where it is no sound mapping."""
    root = _parse(text.removeprefix(_BOM))
    found = plain(root, _table(root))
    assert isinstance(found, dict)
    return found


def _parse(text: str) -> Node:
    composed = compose(text, "")
    if composed.problems:
        problem = composed.problems[0]
        raise RepositoryError(f"文件第 {problem.line} 行有错误：{problem.message}", problem.hint)
    if composed.root is None:
        return Node("map", [], "", 1, 1, len(text), len(text))
    if composed.root.kind != "map":
        raise RepositoryError("文件不是由“键: 值”组成，不能改动", "用编辑器手工修改这个文件")
    return composed.root


def _table(root: Node) -> Mapping[str, Field]:
    """The keys of the kind of file that this is, going by the keys that it has."""
    written = {key.value for key, _ in root.value}
    return max((keys_of(cls) for cls in SCHEMA_FILES), key=lambda table: len(written & table.keys()))


def _put(
    before: Data | None, path: KeyPath, value: object, field: Field | None, table: Table, shown: str
) -> Data | None:
    """What a place says afterwards; None where nothing is left of it."""
    if not path:
        if value is None:
            return None
        after = merged(before, value, field, table)
        if field is None or field.required or not says_default(after, field):
            return after
        # What an absent key means need not be written; where it is, it may stay.
        return before if before is not None and says_default(before, field) else None
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        return _put_element(before, key, rest, value, field, shown)
    table = table if field is None else inner_table(field)
    if before is not None and not isinstance(before, dict) and before != NOTHING:
        raise RepositoryError(f"文件里没有“{shown}”：上一级不是“键: 值”", "先看看文件的内容")
    inside: dict[str, Data] = dict(before) if isinstance(before, dict) else {}
    if key not in inside and value is None:
        return before
    below = _put(inside.get(key), rest, value, table.get(key) if table else None, None, shown)
    if below is None:
        inside.pop(key, None)
    else:
        inside[key] = below
    return inside


def _put_element(
    before: Data | None, index: int, rest: KeyPath, value: object, field: Field | None, shown: str
) -> Data | None:
    elements: list[Data] = list(before) if isinstance(before, list) else []
    not_a_list = before is not None and not isinstance(before, list) and before != NOTHING
    if not_a_list or not 0 <= index <= len(elements):
        raise RepositoryError(f"文件里没有“{shown}”：这个列表有 {len(elements)} 项", "先看看文件的内容")
    old = elements[index] if index < len(elements) else None
    if old is None and value is None:
        return before
    if rest:
        below = _put(old, rest, value, field, None, shown)
    else:
        below = None if value is None else merged(old, value, field)
    elements[index : index + 1] = [] if below is None else [below]
    # A list without elements is not written, unless the model wants it to be there.
    return elements if elements or (field is not None and field.required) else None

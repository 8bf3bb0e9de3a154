"""What held before, and until when: one entry of 沿革 (DESIGN.md, section 3)."""

from __future__ import annotations

import dataclasses
from datetime import date
from enum import Enum
from typing import Any, Final

from fazhi_tui.domain.model.keyed import keyed


class Unsaid(Enum):
    """The value of a key that an entry does not have; None (an empty list) is an explicit empty value."""

    UNSAID = ""


UNSAID: Final = Unsaid.UNSAID


class Former:
    """Base of the entries of 沿革, made by :func:`former_of`: 至, 依据 and any of the dated keys.

    ``until`` is the last day on which the values held.  A key that the entry does not write is
    :data:`UNSAID`; one that was absent then is None, or an empty tuple.
    """

    until: date
    reason: str

    def __init__(self, **values: Any) -> None:
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = values.pop(field.name, field.default)
            if value is dataclasses.MISSING:
                raise TypeError(f"{field.name} is missing")
            object.__setattr__(self, field.name, value)
        if values:
            raise TypeError(f"unknown: {', '.join(values)}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in vars(self).items() if value is not UNSAID)
        return f"{type(self).__name__}({said})"

    @property
    def said(self) -> dict[str, Any]:
        """The dated values that the entry has: field name → value."""
        return {
            name: value
            for name, value in vars(self).items()
            if value is not UNSAID and name not in ("until", "reason")
        }


def former_of(name: str, owner: type, *names: str) -> Any:
    """The class of the 沿革 entries of ``owner``, with its fields ``names`` (all where left out)."""
    fields: list[Any] = [("until", "date", keyed("至", "以下各项到哪一天为止，含当天。"))]
    for field in dataclasses.fields(owner):
        if field.name in names or (not names and field.name != "history"):
            metadata = field.metadata
            copy = keyed(
                metadata["key"], metadata["doc"], default=UNSAID, bare=metadata["bare"], explicit=True,
                **metadata["schema"],
            )  # fmt: skip
            fields.append((field.name, field.type, copy))
    fields.append(("reason", "str", keyed("依据", "据什么改的。", default="")))
    made = dataclasses.make_dataclass(
        name,
        fields,
        bases=(Former,),
        init=False,
        repr=False,
        eq=False,
        namespace={"__module__": owner.__module__},
    )
    made.__doc__ = f"What held before of a {owner.__name__}."
    return made

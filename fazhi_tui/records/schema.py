"""JSON Schema (draft 2020-12) of each kind of file, made from the model for editors and for other programs.

``python -m fazhi_tui.records.schema FOLDER`` writes one file a kind.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.plan import Chapter, Gap, Plan, Span
from fazhi_tui.domain.model.saved_view import SavedView, ViewRegister
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.template import Template, TemplateRegister
from fazhi_tui.domain.model.unit import Contact, Unit, UnitRegister
from fazhi_tui.records.fields import Field, fields_of

_KINDS: dict[str, tuple[type, str]] = {
    "measure": (Measure, "一条措施：plan/ 下以编号命名的文件"),
    "plan": (Plan, "方案：plan/plan.yaml"),
    "units": (UnitRegister, "单位名录：plan/units.yaml"),
    "templates": (TemplateRegister, "填报常用的写法：plan/templates.yaml"),
    "views": (ViewRegister, "共用的视图：plan/views.yaml"),
    "note": (Note, "一条进展的文件头：status/措施编号/ 下的 .md 文件，两行 --- 之间"),
}

_DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_MOMENT = {
    "type": "string",
    "format": "date-time",
    # The zone is what people forget; an editor that does not know the format still sees it.
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+ ?([Zz]|[-+][0-9]{2}:[0-9]{2}(:[0-9.]+)?)$",
}
_TYPES: dict[str, dict[str, Any]] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "date": _DAY,
    "datetime": _MOMENT,
}

#: What an editor offers where a value has a form of its own: class and key → examples.
_EXAMPLES: dict[tuple[type, str], list[Any]] = {
    (Measure, "编号"): ["28"],
    (Measure, "标题"): ["持续深化行政复议体制改革"],
    (Measure, "章"): ["二、主要任务和具体措施"],
    (Measure, "节"): ["（六）健全社会矛盾纠纷行政预防调处化解体系"],
    (Measure, "牵头单位"): [["市司法局"]],
    (Measure, "原文编号"): ["27"],
    (Item, "编号"): ["28.1"],
    (Item, "内容"): ["基本形成公正权威、统一高效的行政复议体制"],
    (Item, "截止"): ["2022-12-31"],
    (Item, "数量"): [1],
    (Item, "计量单位"): ["次"],
    (Unit, "名称"): ["市司法局"],
    (Unit, "别名"): [["司法局"]],
    (Unit, "拼音"): ["shi si fa ju"],
    (Contact, "姓名"): ["示例联络员"],
    (Contact, "邮箱"): ["example@example.org"],
    (Chapter, "标题"): ["二、主要任务和具体措施"],
    (Span, "起"): ["2022-01-01"],
    (Span, "止"): ["2025-12-31"],
    (Gap, "编号"): ["13"],
    (Settings, "统筹单位"): ["市委依法治市办"],
    (Template, "名称"): ["季度进展"],
    (Template, "内容"): ["{期}，已完成【做了什么】；下一步【要做什么】。"],
    (SavedView, "名称"): ["红灯"],
    (SavedView, "键"): ["r"],
    (SavedView, "筛选"): ["灯:红"],
    (SavedView, "排序"): ["时限 倒序"],
    (SavedView, "列"): [["编号", "标题", "时限"]],
    (Note, "措施"): ["28"],
    (Note, "事项"): ["28.1"],
    (Note, "单位"): ["市司法局"],
    (Note, "填报人"): ["示例填报人 <example@example.org>"],
    (Note, "时间"): ["2022-12-20T15:30:00+08:00"],
    (Note, "进度"): [60],
    (Note, "延期至"): ["2023-06-30"],
    (Note, "更正"): ["20221220T153000-sfj-3f9a"],
    (Note, "佐证"): [["evidence/6f1c2a9e-示例材料.pdf"]],
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by name: ``measure``, ``plan``, ``units``, ``views``, ``templates`` and ``note``.

    What a schema cannot say (a day that is in no calendar, a unit that is in no register) ``check`` tells.
    """
    return {name: _root(cls, title) for name, (cls, title) in _KINDS.items()}


def _root(cls: type, title: str) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    body = _object(cls, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **body,
        **({"$defs": dict(sorted(definitions.items()))} if definitions else {}),
    }


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    fields = fields_of(cls)
    return {
        "type": "object",
        "properties": {field.key: _property(cls, field, definitions) for field in fields},
        "required": [field.key for field in fields if field.required],
        "additionalProperties": False,
    }


def _property(owner: type, field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    single = _single(field, definitions)
    found: dict[str, Any] = {"description": field.doc}
    if field.many:
        found.update({"type": "array", "items": single})
    else:
        found.update({"anyOf": [single, {"type": "null"}]} if field.explicit else single)
    if not field.required and isinstance(field.default, str | int) and field.default != "":
        found["default"] = getattr(field.default, "value", field.default)
    if (owner, field.key) in _EXAMPLES:
        found["examples"] = _EXAMPLES[owner, field.key]
    return found


def _single(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    if field.kind == "object":
        name = field.cls.__name__.lower()
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _object(field.cls, definitions)
        return {"$ref": f"#/$defs/{name}"}
    if field.kind == "enum":
        return {"type": "string", "enum": [member.value for member in field.cls]}
    return {**_TYPES[field.kind], **field.schema}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write ``measure.schema.json`` and the others into a folder.  Raises :class:`RepositoryError`."""
    from fazhi_tui.records.files import write_atomic

    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.schema.json"
        write_atomic(path, json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
        written.append(path)
    return tuple(written)


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))

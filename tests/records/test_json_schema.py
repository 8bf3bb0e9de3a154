"""The published schemas say what the reader says, and the files on disk are made from the model."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.saved_view import ViewRegister
from fazhi_tui.domain.model.unit import UnitRegister
from fazhi_tui.records.fields import fields_of, to_json
from fazhi_tui.records.loader import load, load_files
from fazhi_tui.records.schema import schemas, write_schemas
from tests.conftest import REPOSITORY
from tests.records.conftest import FIRST, NOTE, PLAN, THIRD, UNITS

SCHEMAS = schemas()


def as_an_editor_reads(text: str) -> Any:
    """YAML as an editor's server takes it: days and times are texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(part) for key, part in value.items()}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(YAML(typ="safe").load(text))


def faults(kind: str, text: str) -> list[str]:
    return [
        error.message for error in Draft202012Validator(SCHEMAS[kind]).iter_errors(as_an_editor_reads(text))
    ]


def head(note: str) -> str:
    return note.split("---\n")[1]


def test_the_schemas_on_disk_are_made_from_the_model(tmp_path: Path) -> None:
    for path in write_schemas(tmp_path):
        assert (REPOSITORY / "plan/schema" / path.name).read_bytes() == path.read_bytes(), "run: make schema"
    assert {path.name for path in (REPOSITORY / "plan/schema").iterdir()} == {
        f"{name}.schema.json" for name in SCHEMAS
    }


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_a_schema_and_its_examples_fit_it(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    objects = [SCHEMAS[name], *SCHEMAS[name].get("$defs", {}).values()]
    for each in objects:
        assert each["additionalProperties"] is False
        for key, rule in each["properties"].items():
            assert rule["description"], key
            for example in rule.get("examples", ()):
                Draft202012Validator({**rule, "$defs": SCHEMAS[name].get("$defs", {})}).validate(example)
    assert json.loads(json.dumps(SCHEMAS[name])) == SCHEMAS[name]


@pytest.mark.parametrize(
    ("name", "cls"),
    [("measure", Measure), ("plan", Plan), ("units", UnitRegister), ("views", ViewRegister), ("note", Note)],
)
def test_the_keys_of_a_schema_are_the_keys_of_the_model_in_their_order(name: str, cls: type) -> None:
    assert list(SCHEMAS[name]["properties"]) == [field.key for field in fields_of(cls)]


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (REPOSITORY / "plan").glob("*.yaml")), ids=lambda name: name[:-5]
)
def test_each_of_the_plans_files_fits_its_schema(name: str) -> None:
    text = (REPOSITORY / "plan" / name).read_text(encoding="utf-8")
    kind = {"plan.yaml": "plan", "units.yaml": "units", "views.yaml": "views"}.get(name, "measure")
    assert faults(kind, text) == []
    assert f"$schema=schema/{kind}.schema.json" in text.splitlines()[0]


def test_the_example_files_fit_their_schemas() -> None:
    assert faults("measure", FIRST) == faults("measure", THIRD) == []
    assert faults("plan", PLAN) == faults("units", UNITS) == faults("note", head(NOTE)) == []


@pytest.mark.parametrize(
    ("kind", "text", "old", "new"),
    [
        ("measure", FIRST, '"1"', "1"),
        ("measure", FIRST, '"1"', '"01"'),
        ("measure", FIRST, '编号: "1"\n', ""),
        ("measure", FIRST, "标题:", "题目:"),
        ("measure", FIRST, "标题: 示例措施", "标题: 2022"),
        ("measure", FIRST, "每年", "每天"),
        ("measure", FIRST, "数量: 1", "数量: 0"),
        ("measure", FIRST, "数量: 1", "数量: 一"),
        ("measure", FIRST, "2022-12-31", "2022年年底"),
        ("measure", FIRST, "牵头单位:\n  - 市司法局", "牵头单位: 市司法局"),
        ("measure", FIRST, "    内容: 示例事项\n", ""),
        ("measure", FIRST, "正文:", "按职责分工: 是\n正文:"),
        ("plan", PLAN, "标题: 示例方案\n", ""),
        ("plan", PLAN, "  止: 2025-12-31\n", ""),
        ("plan", PLAN, "统筹单位: 市委依法治市办", "预警天数: -1"),
        ("units", UNITS, "类别: 集合", "类别: 集体"),
        ("units", UNITS, "shi si fa ju", "Shì sī fǎ jú"),
        ("note", head(NOTE), "+08:00", ""),
        ("note", head(NOTE), "类型: 进展", "类型: 进度"),
        ("note", head(NOTE), "状态: 推进中", "进度: 101"),
        ("note", head(NOTE), "单位: 市司法局\n", ""),
    ],
)
def test_what_the_reader_complains_of_the_schema_refuses(kind: str, text: str, old: str, new: str) -> None:
    assert old in text
    spoilt = text.replace(old, new, 1)
    assert faults(kind, spoilt)
    path = {"plan": "plan/plan.yaml", "units": "plan/units.yaml", "note": "status/01/a.md"}.get(
        kind, "plan/01.yaml"
    )
    content = f"---\n{spoilt}---\n" if kind == "note" else spoilt
    assert any(p.path == path for p in load_files({path: content.encode()}).problems)


def test_json_output_has_the_keys_of_the_files_and_fits_their_schema() -> None:
    loaded = load(REPOSITORY)
    validator = Draft202012Validator(SCHEMAS["measure"])
    for measure in loaded.measures:
        validator.validate(to_json(measure))
    assert loaded.plan is not None
    Draft202012Validator(SCHEMAS["plan"]).validate(to_json(loaded.plan))
    Draft202012Validator(SCHEMAS["units"]).validate(to_json(UnitRegister(loaded.units)))
    text = json.dumps(to_json(loaded.measures[0]), ensure_ascii=False)
    assert '"编号": "1"' in text


def test_json_of_a_note_has_its_body_and_its_file() -> None:
    note = load_files({"status/01/a.md": NOTE.encode()}).notes[0]
    found = to_json(note)
    assert found["正文"] == "示例：已启动。\n"
    assert found["文件"] == "status/01/a.md"
    assert found["时间"] == "2022-06-01T09:00:00+08:00"
    assert "进度" not in found
    assert found["佐证"] == []

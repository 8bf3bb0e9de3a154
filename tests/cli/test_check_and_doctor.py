"""``fazhi check`` and ``fazhi doctor``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import process
from tests.conftest import git


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of the work tree and the index: when it was changed, and its bytes."""
    files = [path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts]
    files.append(root / ".git" / "index")
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_the_real_plan_has_no_error(tracker: Path, fazhi: Run) -> None:
    result = fazhi("check")
    assert result.code == 0, result.out
    assert ": 错误：" not in result.out


def test_an_error_is_told_as_compilers_do_with_exit_code_1(tracker: Path, fazhi: Run) -> None:
    path = tracker / "plan" / "28.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(place for place, line in enumerate(lines, 1) if "市司法局" in line)
    lines[number - 1] = lines[number - 1].replace("市司法局", "没有这个局")
    path.write_text("".join(lines), encoding="utf-8")
    result = fazhi("check")
    assert result.code == 1
    (line,) = [line for line in result.out.splitlines() if line.startswith("plan/28.yaml")]
    assert line.startswith(f"plan/28.yaml:{number}:")
    assert "错误：" in line
    assert "没有这个局" in line
    assert "    办法：" in result.out
    problems = fazhi("check", "--json")
    assert problems.code == 1
    (problem,) = [one for one in problems.json if one["级别"] == "错误"]
    assert problem["文件"] == "plan/28.yaml"
    assert problem["行"] == number
    assert problem["办法"]


def test_reading_writes_nothing(tracker: Path, fazhi: Run) -> None:
    (tracker / "plan" / "03.yaml").write_bytes('编号: "3"\r\n标题：坏\r\n'.encode("gb18030"))
    before = everything(tracker)
    for words in (
        ("list",),
        ("show", "28"),
        ("units",),
        ("log",),
        ("check",),
        ("check", "--json"),
        ("doctor",),
        ("undo", "--dry-run"),
        ("report", "28", "-m", "示例", "--dry-run"),
    ):
        fazhi(*words)
    assert everything(tracker) == before
    assert not (tracker / ".git" / "fazhi").exists()


def test_doctor_says_what_is_so_and_ends_with_0_where_all_is_well(tracker: Path, fazhi: Run) -> None:
    result = fazhi("doctor")
    assert result.code == 0, result.out
    for part in (
        "Python",
        "YAML 解析",
        "有 C 解析器",
        "git 版本",
        "填报人",
        "示例填报人",
        "市司法局",
        "字符编码",
    ):
        assert part in result.out
    found = fazhi("doctor", "--json").json
    assert {"项目", "级别", "说明", "办法"} == set(found[0])
    assert {one["级别"] for one in found} <= {"正常", "提醒"}


@pytest.mark.parametrize(
    ("break_it", "says", "code"),
    [
        (("config", "--unset", "user.email"), "user.email", 1),
        (("config", "--unset", "fazhi.unit"), "fazhi.unit", 0),
        (("config", "fazhi.unit", "没有这个局"), "没有这个局", 1),
        (("checkout", "-q", "--detach"), "git switch", 1),
    ],
)
def test_doctor_tells_what_is_wrong_and_how_to_mend_it(
    tracker: Path, fazhi: Run, break_it: tuple[str, ...], says: str, code: int
) -> None:
    git(tracker, *break_it)
    result = fazhi("doctor")
    assert says in result.out
    assert "办法：" in result.out
    assert result.code == code, result.out


def test_doctor_works_where_there_is_no_tracker_no_git_and_no_utf8(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = process(tmp_path, "doctor", env={"PATH": str(tmp_path), "LC_ALL": "C"})
    assert result.code == 1
    assert "Traceback" not in result.err
    assert "没有找到台账" in result.out
    assert "安装 git" in result.out
    assert "LC_ALL=C.UTF-8" in result.out


def test_doctor_tells_what_of_the_settings_was_not_taken(
    tracker: Path, fazhi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "个人设置" in fazhi("doctor").out
    file = tmp_path / "settings.yaml"
    file.write_text("按键:\n  - 操作: 撤销\n    键: u\n  - 操作: 填报\n    键: R\n顔色: 红\n", "utf-8")
    monkeypatch.setenv("FAZHI_SETTINGS", str(file))
    said = fazhi("doctor").out
    assert "u 已经是「单位」的键，「撤销」仍用原来的键" in said
    assert "没有“顔色”这个键" in said

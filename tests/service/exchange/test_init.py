"""Init: a new tracker, the pipeline of four servers, CODEOWNERS from the contacts, and a hook that checks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from fazhi_tui.cli import run
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.service.setup.initialize import install_hook, prepare_pipeline
from tests.cli.running import FAZHI
from tests.conftest import git
from tests.service.exchange.conftest import Body

NewBody = Callable[..., Body]

WORKFLOWS = {
    "github": ".github/workflows/fazhi.yml",
    "gitlab": ".gitlab-ci.yml",
    "gitee": ".workflow/fazhi.yml",
    "gitea": ".gitea/workflows/fazhi.yml",
}


def test_a_new_tracker_is_sound_from_the_first_commit(
    tmp_path: Path, own_world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "config", "--global", "user.name", "示例")
    git(tmp_path, "config", "--global", "user.email", "x@example.org")
    root = tmp_path / "新台账"
    title = "示例市实施方案（2023—2025年）"
    assert run(["init", str(root), "--title", title, "--office", "市委依法治市办"]) == 0
    monkeypatch.chdir(root)
    assert git(root, "status", "--porcelain") == ""
    assert run(["check"]) == 0
    assert run(["audit"]) == 0
    assert run(["list"]) == 0
    assert "止: 2025-12-31" in (root / "plan" / "plan.yaml").read_text("utf-8")
    assert run(["init", str(root), "--title", title]) == 2
    assert run(["init", str(tmp_path / "二"), "--title", "没有年份的方案"]) == 2
    assert "--period 2022..2025" in capsys.readouterr().err
    assert run(["init", str(tmp_path / "二"), "--title", "没有年份的方案", "--period", "2022..2025"]) == 0
    assert run(["init", str(tmp_path / "三")]) == 2
    assert run(["init"]) == 2
    assert run(["init", str(tmp_path / "四"), "--ci", "github"]) == 2


def contacts(one: Body) -> None:
    path = one.root / "plan" / "units.yaml"
    text = path.read_text("utf-8")
    for name in ("市司法局", "市委依法治市办"):
        code = "sfj" if name == "市司法局" else "ban"
        text = text.replace(
            f"  - 名称: {name}\n",
            f"  - 名称: {name}\n    联络员:\n      - 姓名: 示例\n        邮箱: {code}@example.org\n",
        )
    path.write_text(text, "utf-8")
    one.git("commit", "-q", "-am", "示例：联络员\n\nKind: 修订\n")


@pytest.mark.parametrize("forge", WORKFLOWS)
def test_each_server_gets_its_files_in_one_commit(body: NewBody, forge: str) -> None:
    one = body("市司法局")
    contacts(one)
    done = one.writer.commit(prepare_pipeline(one.writer.reader, forge))
    assert one.is_clean
    files = git(one.root, "show", "--format=", "--name-only", done.commit).split()
    assert WORKFLOWS[forge] in files
    assert len(files) == 3
    owners = next(one.root / name for name in files if name.endswith("CODEOWNERS")).read_text("utf-8")
    if forge == "gitea":
        assert "# status/28/.* sfj@example.org ban@example.org" in owners
    else:
        assert "\n/status/28/ sfj@example.org ban@example.org\n" in owners
        assert "\n/plan/ ban@example.org\n" in owners
    assert "还没有联络员" in owners
    parsed: Any = YAML(typ="safe", pure=True).load((one.root / WORKFLOWS[forge]).read_text("utf-8"))
    assert parsed
    with pytest.raises(UsageError, match="都已经有了"):
        prepare_pipeline(one.writer.reader, forge)
    (one.root / WORKFLOWS[forge]).write_text("# 自己写的\n", "utf-8")
    with pytest.raises(UsageError, match="已经有了，内容不同"):
        prepare_pipeline(one.writer.reader, forge)
    assert prepare_pipeline(one.writer.reader, forge, replace=True).writes


def script_of(forge: str, root: Path) -> list[str]:
    """The commands of the workflow that check a branch, without the installation."""
    parsed: Any = YAML(typ="safe", pure=True).load((root / WORKFLOWS[forge]).read_text("utf-8"))
    if forge in ("github", "gitea"):
        return [step["run"] for step in parsed["jobs"]["check"]["steps"] if step.get("name") == "检查分支"]
    if forge == "gitlab":
        return list(parsed["台账检查"]["script"])
    return [line for line in parsed["stages"][0]["steps"][0]["command"] if "pip install" not in line]


@pytest.mark.parametrize("forge", WORKFLOWS)
@pytest.mark.parametrize("good", [True, False])
def test_what_the_workflow_runs_passes_a_good_branch_and_fails_a_bad_one(
    body: NewBody, tmp_path: Path, forge: str, good: bool
) -> None:
    one = body("市司法局")
    one.writer.commit(prepare_pipeline(one.writer.reader, forge))
    one.exchange.sync()
    one.start("28")
    if not good:
        one.unit = "市教育局"
        one.report("29", "示例")
    summary = tmp_path / "summary.md"
    environ = {
        **os.environ,
        "PATH": f"{FAZHI.parent}{os.pathsep}{os.environ['PATH']}",
        "BRANCH": "fazhi/sfj/28",
        "TARGET": "main",
        "GITHUB_STEP_SUMMARY": str(summary),
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "fazhi/sfj/28",
        "GITEE_BRANCH": "fazhi/sfj/28",
    }
    codes = [
        subprocess.run(["bash", "-ec", command], cwd=one.root, env=environ, check=False).returncode
        for command in script_of(forge, one.root)
    ]
    assert (max(codes) == 0) is good
    if forge == "github":
        assert "## 市司法局" in summary.read_text("utf-8")


def test_the_hook_stops_a_broken_file_and_lets_a_report_through(body: NewBody) -> None:
    one = body("市司法局")
    path = install_hook(one.writer.reader, str(FAZHI))
    assert os.access(path, os.X_OK)
    file = one.root / "plan" / "28.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('编号: "28"', "编号: 二十八"), "utf-8")
    done = subprocess.run(
        ["git", "commit", "-qam", "示例"], cwd=one.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "plan/28.yaml" in done.stdout + done.stderr
    # What is broken elsewhere stops nobody's report.
    one.report("29", "示例")
    file.write_text(text, "utf-8")
    assert one.is_clean
    install_hook(one.writer.reader, str(FAZHI))
    path.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    with pytest.raises(UsageError, match="已经有一个 pre-commit 钩子"):
        install_hook(one.writer.reader, str(FAZHI))

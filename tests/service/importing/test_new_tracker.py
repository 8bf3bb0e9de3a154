"""A document to a complete tracker: made whole or not at all, in real folders and real repositories."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.records.check.run import check
from fazhi_tui.records.loader import load
from fazhi_tui.service.importing.create import write_import
from fazhi_tui.service.importing.prepare import prepare_import
from tests.conftest import REPOSITORY, git

SAMPLE = """示例市法治建设实施方案（2023—2026年）
为了示例，制定本方案。
一、主要任务
（一）健全示例体系
1.优化示例。统筹示例。（牵头单位：市示例局；参加单位：市样本局）
2.推进示例。每年公布示例清单。（责任单位：市样本局）
3.加强领导。2024年年底前，完成样本。（牵头单位：市示例局）
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "来文" / "示例市方案.txt"
    path.parent.mkdir()
    path.write_text(SAMPLE, encoding="utf-8")
    return path


@pytest.fixture
def named(own_world: Path) -> None:
    git(own_world, "config", "--global", "user.name", "示例填报人")
    git(own_world, "config", "--global", "user.email", "example@example.org")


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if ".git/" not in str(path)}


@pytest.mark.usefixtures("named")
class TestANewFolder:
    def test_it_becomes_a_complete_tracker_with_one_commit(self, document: Path, tmp_path: Path) -> None:
        into = tmp_path / "县里" / "新台账"
        written = write_import(prepare_import(document, into))
        assert {path.name for path in into.iterdir()} == {
            ".git",
            ".gitattributes",
            "import-report.md",
            "plan",
            "status",
        }
        assert (into / "plan/source/示例市方案.txt").read_bytes() == document.read_bytes()
        assert {path.name for path in (into / "plan").glob("*.yaml")} == {
            "01.yaml", "02.yaml", "03.yaml", "plan.yaml", "units.yaml",
        }  # fmt: skip
        assert git(into, "status", "--porcelain") == ""
        assert git(into, "rev-list", "--all").split() == [written.commit]
        assert check(load(into)) == ()
        assert sorted(path.name for path in into.parent.iterdir()) == ["新台账"]

    def test_its_commit_says_what_was_imported(self, document: Path, tmp_path: Path) -> None:
        write_import(prepare_import(document, tmp_path / "新"))
        message = git(tmp_path / "新", "log", "-1", "--format=%B")
        assert message.startswith("导入：示例市法治建设实施方案（2023—2026年）\n")
        assert "3 条措施" in message
        assert message.rstrip().endswith("Kind: 导入")

    def test_its_files_around_the_plan_are_those_of_this_repository(
        self, document: Path, tmp_path: Path
    ) -> None:
        write_import(prepare_import(document, tmp_path / "新"))
        for path in ("status/README.md", *(f"plan/schema/{n}.schema.json" for n in ("measure", "note"))):
            assert (tmp_path / "新" / path).read_bytes() == (REPOSITORY / path).read_bytes()

    def test_importing_its_own_source_again_changes_nothing(self, document: Path, tmp_path: Path) -> None:
        into = tmp_path / "新"
        write_import(prepare_import(document, into))
        again = prepare_import(into / "plan/source/示例市方案.txt", into)
        assert again.equal
        assert write_import(again).paths == ()
        assert prepare_import(document, into).equal

    def test_an_empty_folder_is_used_as_it_is(self, document: Path, tmp_path: Path) -> None:
        into = tmp_path / "空"
        into.mkdir()
        same = into.stat().st_ino
        write_import(prepare_import(document, into))
        assert into.stat().st_ino == same
        assert git(into, "status", "--porcelain") == ""
        assert not list(into.glob(".fazhi-*"))

    def test_its_mode_is_what_the_umask_gives(self, document: Path, tmp_path: Path) -> None:
        mask = os.umask(0o027)
        try:
            write_import(prepare_import(document, tmp_path / "新"))
        finally:
            os.umask(mask)
        assert stat.S_IMODE((tmp_path / "新").stat().st_mode) == 0o750

    def test_the_branch_is_the_one_that_git_is_told_to_use(
        self, document: Path, tmp_path: Path, own_world: Path
    ) -> None:
        git(own_world, "config", "--global", "init.defaultBranch", "主干")
        write_import(prepare_import(document, tmp_path / "新"))
        assert git(tmp_path / "新", "symbolic-ref", "--short", "HEAD").strip() == "主干"

    def test_files_that_the_person_ignores_everywhere_are_in_it_too(
        self, document: Path, tmp_path: Path, own_world: Path
    ) -> None:
        (own_world / "ignore").write_text("*.txt\n*.md\n", encoding="utf-8")
        git(own_world, "config", "--global", "core.excludesFile", str(own_world / "ignore"))
        write_import(prepare_import(document, tmp_path / "新"))
        names = git(tmp_path / "新", "-c", "core.quotePath=false", "ls-files")
        assert "plan/source/示例市方案.txt" in names
        assert "import-report.md" in names

    def test_a_hook_that_refuses_leaves_nothing_behind(
        self, document: Path, tmp_path: Path, own_world: Path
    ) -> None:
        hook = own_world / "template" / "hooks" / "pre-commit"
        hook.parent.mkdir(parents=True)
        hook.write_text("#!/bin/sh\necho 示例：不许\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
        git(own_world, "config", "--global", "init.templateDir", str(own_world / "template"))
        before = everything(tmp_path)
        empty = tmp_path / "空"
        for into in (tmp_path / "甲" / "乙", empty):
            if into == empty:
                empty.mkdir()
            with pytest.raises(RepositoryError, match="示例：不许"):
                write_import(prepare_import(document, into))
        assert everything(tmp_path) == before | {"空"}

    def test_corrections_are_kept_and_used_again(self, document: Path, tmp_path: Path) -> None:
        into = tmp_path / "新"
        write_import(prepare_import(document, into))
        kept = into / "plan/source/corrections.yaml"
        text = kept.read_text(encoding="utf-8")
        assert "sha256:" in text
        kept.write_text(text + "\n设置:\n  统筹单位: 市示例局\n", encoding="utf-8")
        again = prepare_import(document, into)
        assert again.imported.plan.settings.coordinator == "市示例局"
        assert again.differing == ("plan/plan.yaml",)


class TestRefusals:
    def test_without_an_identity_nothing_is_written_and_it_says_what_to_do(
        self, document: Path, tmp_path: Path
    ) -> None:
        before = everything(tmp_path)
        with pytest.raises(RepositoryError, match="提交人") as caught:
            write_import(prepare_import(document, tmp_path / "新"))
        assert "git config --global user.name" in caught.value.hint
        assert everything(tmp_path) == before

    @pytest.mark.usefixtures("named")
    def test_a_folder_with_other_things_in_it_is_left_alone(self, document: Path, tmp_path: Path) -> None:
        into = tmp_path / "有东西"
        into.mkdir()
        (into / "示例.doc").touch()
        with pytest.raises(UsageError, match="不是空目录"):
            write_import(prepare_import(document, into))
        assert everything(into) == {"示例.doc"}

    def test_a_file_is_no_folder(self, document: Path) -> None:
        with pytest.raises(UsageError, match="不是目录"):
            prepare_import(document, document)

    @pytest.mark.parametrize("name", ["corrections.yaml", "示\t例.txt", "示\u202e例.txt"])
    def test_a_name_that_the_tracker_cannot_keep_is_refused(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_text(SAMPLE, encoding="utf-8")
        with pytest.raises(UsageError, match="名"):
            prepare_import(path, tmp_path / "新")


@pytest.mark.usefixtures("named")
class TestARepositoryThatIsThere:
    def test_the_tracker_becomes_one_commit_of_its_own_paths(self, document: Path, tmp_path: Path) -> None:
        into = tmp_path / "仓库"
        into.mkdir()
        git(into, "init", "-q")
        (into / "说明.md").write_text("示例\n", encoding="utf-8")
        git(into, "add", ".")
        git(into, "commit", "-q", "-m", "示例")
        (into / "说明.md").write_text("示例，改了\n", encoding="utf-8")
        (into / ".gitattributes").write_text("* text=auto\n", encoding="utf-8")
        written = write_import(prepare_import(document, into))
        assert git(into, "rev-list", "--count", "HEAD").strip() == "2"
        assert written.commit == git(into, "rev-parse", "HEAD").strip()
        changed = git(into, "-c", "core.quotePath=false", "status", "--porcelain").splitlines()
        assert changed == [" M 说明.md", "?? .gitattributes"]
        assert (into / ".gitattributes").read_text(encoding="utf-8") == "* text=auto\n"

    def test_a_clone_of_an_empty_repository_gets_its_first_commit(
        self, document: Path, tmp_path: Path
    ) -> None:
        into = tmp_path / "仓库"
        into.mkdir()
        git(into, "init", "-q")
        write_import(prepare_import(document, into))
        assert git(into, "rev-list", "--count", "HEAD").strip() == "1"
        assert git(into, "status", "--porcelain") == ""

    def test_a_folder_inside_it_makes_no_repository_in_the_repository(
        self, document: Path, tmp_path: Path
    ) -> None:
        top = tmp_path / "仓库"
        top.mkdir()
        git(top, "init", "-q")
        write_import(prepare_import(document, top / "法治" / "台账"))
        assert not (top / "法治/台账/.git").exists()
        assert "法治/台账/plan/01.yaml" in git(top, "-c", "core.quotePath=false", "ls-files")

    def test_a_folder_that_it_ignores_gets_a_repository_of_its_own(
        self, document: Path, tmp_path: Path
    ) -> None:
        top = tmp_path / "仓库"
        top.mkdir()
        git(top, "init", "-q")
        (top / ".gitignore").write_text("台账/\n", encoding="utf-8")
        write_import(prepare_import(document, top / "台账"))
        assert (top / "台账/.git").is_dir()

    def test_what_fails_leaves_it_as_it_was(self, document: Path, tmp_path: Path) -> None:
        top = tmp_path / "仓库"
        top.mkdir()
        git(top, "init", "-q")
        hook = top / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
        with pytest.raises(RepositoryError):
            write_import(prepare_import(document, top / "台账"))
        assert [path.name for path in top.iterdir()] == [".git"]
        assert git(top, "ls-files") == ""

    def test_its_own_file_of_the_same_name_is_not_overwritten(self, document: Path, tmp_path: Path) -> None:
        git(tmp_path, "init", "-q", "仓库")
        (tmp_path / "仓库/import-report.md").write_text("自己的\n", encoding="utf-8")
        with pytest.raises(UsageError, match=r"import-report\.md"):
            write_import(prepare_import(document, tmp_path / "仓库"))
        assert everything(tmp_path / "仓库") - {".git"} == {"import-report.md"}

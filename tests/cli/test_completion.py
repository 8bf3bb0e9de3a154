"""Completion: what the engine offers, and that bash, zsh and fish accept and use their scripts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fazhi_tui.cli.commands.completion import SCRIPTS
from fazhi_tui.cli.completion.completer import split_line
from fazhi_tui.domain.query.completion import complete
from fazhi_tui.service.locate import today_from
from fazhi_tui.service.preferences.completion_source import completion_source_of
from fazhi_tui.service.reader import Reader
from tests.cli.conftest import Run
from tests.cli.running import FAZHI, Terminal, process
from tests.conftest import git

PATH = f"{FAZHI.parent}{os.pathsep}{os.environ['PATH']}"


def offered(root: Path, line: str, **env: str) -> list[str]:
    """The values offered for a command line with the cursor at its end."""
    result = process(root, env={"_FAZHI_COMPLETE_LINE": line, **env})
    assert result.code == 0
    assert result.err == ""
    return [entry.partition("\t")[0] for entry in result.out.splitlines()]


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("fazhi ", ["list", "show", "report"]),
        ("fazhi re", ["report"]),
        ("fazhi list --j", ["--json"]),
        ("fazhi show 2", ["2", "20", "28"]),
        ("fazhi report ", ["1", "28"]),
        ("fazhi report 28 --unit 市司", ["市司法局"]),
        ("fazhi report 28 --status ", ["推进中", "已完成"]),
        ("fazhi report 28 --status 推", ["推进中"]),
        ("fazhi report 28 --status '推", ["推进中"]),
        ("fazhi report 28 --status=推", ["推进中"]),
        ("fazhi report 28 --kind 申", ["申请办结", "申请延期"]),
        ("fazhi report 28 --item ", ["28.1"]),
        ("fazhi completion ", ["bash", "zsh", "fish"]),
        ("fazhi list ", ["牵头:", "状态:"]),
        ("fazhi list le", ["lead:"]),
        ("fazhi list lead:市司", ["lead:市司法局"]),
        ("fazhi list -牵头:市司", ["-牵头:市司法局"]),
        ("fazhi list 状态:推进中,待", ["状态:推进中,待审核"]),
        ("fazhi list '复议 灯:", ["复议 灯:红"]),
        ("fazhi log 2", ["28"]),
        ("fazhi list lead:sf", ["lead:市司法局"]),
        ("fazhi list -lead:sf", ["-lead:市司法局"]),
        ("fazhi list '复议 lead:sf", ["复议 lead:市司法局"]),
        ("fazhi list sfj", ["牵头:市司法局", "单位:市司法局"]),
        ("fazhi list zt:tj", ["状态:推进中"]),
        ("fazhi list 到期:", ["到期:逾期", "到期:30d"]),
        ("fazhi views add 红 light:re", ["light:红"]),
        ("fazhi report 28 --unit sfj", ["市司法局"]),
        ("fazhi amend 28 --set ", ["牵头单位=", "标题=", "28.1.截止="]),
        ("fazhi amend 28 --set 28", ["28.1.截止=", "28.1.周期="]),
        ("fazhi amend 28 --set 牵", ["牵头单位="]),
        ("fazhi amend 28 --set 牵头单位=市司", ["牵头单位=市司法局"]),
        ("fazhi amend 28 --set 牵头单位=sfj", ["牵头单位=市司法局"]),
        ("fazhi amend 28 --set 牵头单位＝sfj", ["牵头单位＝市司法局"]),
        ("fazhi amend 28 --set 责任单位=市公安局、sfj", ["责任单位=市公安局、市司法局"]),
        ("fazhi amend 28 --set=参加单位=shisifaju", ["参加单位=市司法局"]),
        ("fazhi amend 28 --set 28.1.周期=每", ["28.1.周期=每月", "28.1.周期=每季度"]),
        ("fazhi amend 28 --set 按职责分工=", ["按职责分工=是", "按职责分工=否"]),
        ("fazhi amend --split 30 --into ", ["30", "54"]),
        ("fazhi amend --split 30 --into 30,", ["30,54"]),
        ("fazhi amend --merge 30,3", ["30,31", "30,3"]),
        ("fazhi amend --merge 30,31 --into ", ["30", "31"]),
        ("fazhi settings set 报", ["报送周期"]),
        ("fazhi settings set 顺延 ", ["周末", "法定节假日"]),
        ("fazhi settings set 统筹单位 sfj", ["市司法局"]),
        ("fazhi settings set 历任统筹单位 市公安局、sfj", ["市公安局、市司法局"]),
        ("fazhi units merge 市民政局 市教育局 --into sfj", ["市司法局"]),
        ("fazhi units split 市金融办 --into 市公安局,sfj", ["市公安局,市司法局"]),
        ("fazhi units split 市金融办 --measures 市公安局=2", ["市公安局=28"]),
        ("fazhi units transfer 市司法局 市公安局 --measures 28,2", ["28,29"]),
    ],
)
def test_names_numbers_units_and_statuses_are_offered(tracker: Path, line: str, some: list[str]) -> None:
    found = offered(tracker, line)
    assert set(some) <= set(found), found


def test_only_the_items_of_the_measures_on_the_line_are_offered(tracker: Path) -> None:
    assert offered(tracker, "fazhi report 28 --item ") == ["28.1"]
    assert offered(tracker, "fazhi report 7 28 --item ") == ["7.1", "28.1"]
    assert len(offered(tracker, "fazhi report --item ")) > 2


def test_the_shell_offers_what_the_filter_bar_offers(tracker: Path) -> None:
    reader = Reader(tracker, today_from(tracker))
    source = completion_source_of(reader.load())
    for typed in ("lead:sf", "节:fz", "zt:tj", "light:re", "due<", "编号:2", "sfj"):
        offers = complete(typed, len(typed), source, 1000)
        assert offers, typed
        assert offered(tracker, f"fazhi list {typed.replace('<', chr(92) + '<')}") == [
            offer.applied(typed) for offer in offers
        ]


def test_what_begins_with_what_was_typed_hides_what_is_only_meant_by_it(tracker: Path) -> None:
    assert offered(tracker, "fazhi list le") == ["lead:"]


def test_a_key_or_a_unit_that_is_none_offers_nothing(tracker: Path) -> None:
    assert offered(tracker, "fazhi amend 28 --set 编号=") == []
    assert offered(tracker, "fazhi amend 28 --set 28.9.截") == []
    assert offered(tracker, "fazhi amend 28 --set 牵头单位=没有这个") == []
    assert offered(tracker, "fazhi amend 28 --set 28.1.截止=20") == []


def test_what_stands_in_a_list_already_is_not_offered_again(tracker: Path) -> None:
    assert "牵头单位=市司法局、市司法局" not in offered(tracker, "fazhi amend 28 --set 牵头单位=市司法局、市")
    assert offered(tracker, "fazhi amend --merge 30,31 --into 30,") == ["30,31"]


def test_bash_which_cuts_words_at_colons_gets_what_is_missing(tracker: Path) -> None:
    found = offered(
        tracker,
        "fazhi list lead:市司",
        _FAZHI_COMPLETE_SHELL="bash",
        _FAZHI_COMPLETE_BREAKS=" \t\n\"'><=;|&(:",
    )
    assert found == ["市司法局"]


def test_commits_that_can_be_undone_are_offered(tracker: Path, fazhi: Run) -> None:
    assert offered(tracker, "fazhi undo ") == []
    fazhi("report", "28", "-m", "示例")
    (commit,) = offered(tracker, "fazhi undo ")
    assert fazhi("undo", commit, "--yes").code == 0
    assert offered(tracker, "fazhi undo ") == []


def test_commits_are_offered_for_ratifying_once(tracker: Path, fazhi: Run) -> None:
    git(tracker, "config", "fazhi.unit", "市委依法治市办")
    path = tracker / "plan" / "28.yaml"
    path.write_text(path.read_text("utf-8").replace("截止: 2022-12-31", "截止: 2023-06-30"), "utf-8")
    git(tracker, "commit", "-qam", "示例：手工改期限")
    commit, *others = offered(tracker, "fazhi amend --ratify ")
    assert commit == git(tracker, "rev-parse", "HEAD")[:8]
    assert fazhi("amend", "--ratify", commit, "--reason", "示例", "--yes").code == 0
    assert offered(tracker, "fazhi amend --ratify ") == others


def test_nothing_is_said_where_there_is_no_tracker(tmp_path: Path) -> None:
    assert offered(tmp_path, "fazhi show ") == []


def test_the_repository_on_the_line_is_the_one_asked(tracker: Path, tmp_path: Path) -> None:
    assert "28" in offered(tmp_path, f"fazhi show --repo {tracker} 2")
    assert "28" in offered(tmp_path, f"fazhi --repo {tracker} show 2")


@pytest.mark.parametrize(
    ("line", "words", "typed"),
    [
        ("fazhi ", ["fazhi"], ""),
        ("fazhi li", ["fazhi"], "li"),
        ("fazhi list 'a b", ["fazhi", "list"], "a b"),
        ("fazhi list 'a ", ["fazhi", "list"], "a "),
        ('fazhi list "a b" ', ["fazhi", "list", "a b"], ""),
        ("fazhi list a\\ b", ["fazhi", "list"], "a b"),
        ("fazhi list '", ["fazhi", "list"], ""),
    ],
)
def test_a_line_is_taken_apart_as_a_shell_does(line: str, words: list[str], typed: str) -> None:
    assert split_line(line) == (words, typed)


def shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed; .ci/run installs it")
    return found


@pytest.mark.parametrize("name", list(SCRIPTS))
def test_the_shell_accepts_its_script(fazhi: Run, tmp_path: Path, name: str) -> None:
    script = tmp_path / "script"
    script.write_text(fazhi("completion", name).out, encoding="utf-8")
    done = subprocess.run([shell(name), "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_name_the_shell_of_the_environment_is_meant(
    fazhi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/zsh")
    assert fazhi("completion").out == fazhi("completion", "zsh").out
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert fazhi("completion").code == 2


def bash_replies(tracker: Path, line: str, words: str, place: int) -> list[str]:
    """What bash would offer; ``words`` is the line as bash cuts it (COMP_WORDS)."""
    script = f"""
        eval "$(fazhi completion bash)"
        complete -p fazhi >/dev/null || exit 9
        COMP_LINE={line!r} COMP_POINT={len(line)} COMP_WORDS=({words}) COMP_CWORD={place}
        _fazhi_complete fazhi
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        [shell("bash"), "-c", script],
        cwd=tracker,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": PATH},
        check=True,
    )
    return done.stdout.split("\n")[:-1]


def test_bash_completes(tracker: Path) -> None:
    assert "report" in bash_replies(tracker, "fazhi rep", "fazhi rep", 1)
    assert bash_replies(tracker, "fazhi report 28 --status 推", "fazhi report 28 --status 推", 4) == [
        "推进中"
    ]
    assert bash_replies(tracker, "fazhi list lead:市司", "fazhi list lead : 市司", 4) == ["市司法局"]
    assert bash_replies(tracker, "fazhi list lead:sfj", "fazhi list lead : sfj", 4) == ["市司法局"]
    assert "市司法局" in bash_replies(tracker, "fazhi list lead:sf", "fazhi list lead : sf", 4)
    for typed in ("市司", "sfj"):
        line, words = f"fazhi amend 28 --set 牵头单位={typed}", f"fazhi amend 28 --set 牵头单位 = {typed}"
        assert bash_replies(tracker, line, words, 6) == ["市司法局"]
    assert bash_replies(tracker, "fazhi amend 28 --set 牵", "fazhi amend 28 --set 牵", 4) == ["牵头单位="]


def test_bash_keeps_what_was_typed_while_several_are_meant(tracker: Path) -> None:
    terminal = Terminal(tracker, "--norc", "-i", program=shell("bash"), env={"PATH": PATH}, columns=200)
    terminal.send("PS1='ok% '; eval \"$(fazhi completion bash)\"; PS1='so% '\n")
    terminal.read_until("so% ")
    terminal.send("fazhi list lead:sf\t\t")
    terminal.read_until("市法学会")
    # The line as it has become is printed by putting echo before it.
    terminal.send("j\t\x01echo \x05\n")
    terminal.read_until("\rfazhi list lead:市司法局")
    terminal.send("exit\n")
    terminal.close()


def test_zsh_completes(tracker: Path) -> None:
    terminal = Terminal(tracker, "-f", "-i", program=shell("zsh"), env={"PATH": PATH}, columns=200)
    terminal.send("PROMPT='ok%% '; autoload -Uz compinit; compinit -u -d ../dump\n")
    terminal.read_until("ok% ")
    terminal.send('eval "$(fazhi completion zsh)"; PROMPT="so%% "\n')
    terminal.read_until("so% ")
    # zsh draws only the characters that the completion adds.
    terminal.send("fazhi report 28 --status 推\t")
    terminal.read_until("进中")
    terminal.send("\x15fazhi list lead:市司\t")
    terminal.read_until("法局")
    terminal.send("\x15fazhi list lead:sf\t")
    terminal.read_until("市法学会")
    terminal.send("j\t")
    terminal.read_until("lead:市司法局")
    terminal.send("\x15exit\n")
    terminal.close()


def test_fish_completes(tracker: Path) -> None:
    script = (
        "fazhi completion fish | source; complete -C 'fazhi report 28 --status '; complete -C 'fazhi show 2'"
    )
    done = subprocess.run(
        [shell("fish"), "-c", script],
        cwd=tracker,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": PATH},
        check=True,
    )
    values = [line.partition("\t")[0] for line in done.stdout.splitlines()]
    assert {"推进中", "已完成", "2", "28"} <= set(values), values
    assert not any(value.endswith(".yaml") for value in values)

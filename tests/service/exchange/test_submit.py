"""Submit: a branch of one's own, and a pull request in the way that each server takes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from fazhi_tui.cli import run
from fazhi_tui.domain.model.errors import NotAllowedError, RepositoryError, UsageError
from fazhi_tui.service.exchange.forges import Forge, compare_page, forge_of, home_of, push_options
from tests.conftest import git
from tests.service.exchange.conftest import TODAY, Body

NewBody = Callable[..., Body]


def listening(server: Path, said: str = "") -> Path:
    """A server that takes push options, writes down what it is told, and answers."""
    git(server, "config", "receive.advertisePushOptions", "true")
    told = server / "told.txt"
    hook = server / "hooks" / "post-receive"
    hook.write_text(
        f"#!/bin/sh\n{{ cat; env | grep ^GIT_PUSH_OPTION_; }} > '{told}'\necho '{said}'\n", "utf-8"
    )
    hook.chmod(0o755)
    return told


def test_a_branch_named_for_the_body_and_the_measure(server: Path, body: NewBody) -> None:
    one = body("市司法局")
    one.start("28")
    done = one.exchange.submit(TODAY)
    assert (done.branch, done.target, done.commits) == ("fazhi/sfj/28", "main", 1)
    assert git(server, "rev-parse", "fazhi/sfj/28").strip() == one.head
    assert git(server, "rev-parse", "main").strip() != one.head
    assert done.title == "市司法局：28 未启动→推进中"
    assert "### 第 28 条 持续深化行政复议体制改革" in done.body
    assert "The following changes since commit" in done.mail
    assert "fazhi/sfj/28" in done.mail
    assert (done.page, done.by_server) == ("", False)
    # One stays where one was.
    assert one.git("branch", "--show-current").strip() == "main"


def test_what_grows_goes_to_the_same_branch_and_another_to_its_own(server: Path, body: NewBody) -> None:
    one, same = body("市司法局"), body("市司法局", name="另一台")
    one.start("28")
    one.exchange.submit(TODAY)
    one.report("28", "示例：又")
    assert one.exchange.submit(TODAY).branch == "fazhi/sfj/28"
    same.report("28", "示例：另一台机器")
    assert same.exchange.submit(TODAY).branch == "fazhi/sfj/28-2"
    assert git(server, "rev-parse", "fazhi/sfj/28").strip() == one.head


def test_gitlab_makes_the_merge_request_from_push_options(server: Path, body: NewBody) -> None:
    page = "https://gitlab.example.org/示例/-/merge_requests/7"
    told = listening(server, f"View merge request: {page}")
    one = body("市司法局")
    one.start("28")
    done = one.exchange.submit(TODAY, forge="gitlab")
    assert (done.by_server, done.page) == (True, page)
    text = told.read_text("utf-8")
    assert "refs/heads/fazhi/sfj/28" in text
    assert "=merge_request.create\n" in text
    assert "=merge_request.target=main\n" in text
    assert "=merge_request.title=市司法局：28 未启动→推进中\n" in text
    assert "<br>### 第 28 条" in text


def test_a_gitlab_without_push_options_still_gets_the_branch(server: Path, body: NewBody) -> None:
    one = body("市司法局")
    one.start("28")
    done = one.exchange.submit(TODAY, forge="gitlab")
    assert not done.by_server
    assert git(server, "rev-parse", "fazhi/sfj/28").strip() == one.head


def test_gitea_and_forgejo_make_it_from_refs_for(server: Path, body: NewBody) -> None:
    told = listening(server)
    one = body("市司法局")
    one.git("config", "fazhi.forge", "forgejo")
    one.start("28")
    done = one.exchange.submit(TODAY)
    assert done.by_server
    text = told.read_text("utf-8")
    assert "refs/for/main" in text
    assert "=topic=fazhi/sfj/28\n" in text
    assert "=title=市司法局：28 未启动→推进中\n" in text


@pytest.mark.parametrize(
    ("url", "forge", "page"),
    [
        ("git@github.com:shi/taizhang.git", "github", "https://github.com/shi/taizhang"),
        ("https://user@gitee.com/shi/taizhang.git", "gitee", "https://gitee.com/shi/taizhang"),
        ("ssh://git@gitlab.shi.gov.example:2222/a/b/c.git", "gitlab", "https://gitlab.shi.gov.example/a/b/c"),
        ("http://gitea.example:3000/a/b", "gitea", "http://gitea.example:3000/a/b"),
        ("https://codeberg.org/a/b", "gitea", "https://codeberg.org/a/b"),
        ("https://git.shi.example/a/b.git", "其他", "https://git.shi.example/a/b"),
    ],
)
def test_the_kind_of_server_and_its_page_are_told_from_the_address(url: str, forge: str, page: str) -> None:
    assert forge_of(url) == forge
    home = home_of(url)
    assert home is not None
    assert home.page == page


@pytest.mark.parametrize("url", ["/srv/台账.git", "../x", "C:\\x", "file:///srv/x"])
def test_a_folder_has_no_page(url: str) -> None:
    assert home_of(url) is None
    assert compare_page(Forge.GITHUB, url, "main", "x", "题", "文") == ""


def test_the_compare_pages_carry_title_and_text_and_never_grow_too_long() -> None:
    page = compare_page(Forge.GITHUB, "git@github.com:a/b.git", "main", "fazhi/sfj/28", "题 &", "文\n二")
    parts = urlsplit(page)
    assert parts.path == "/a/b/compare/main...fazhi/sfj/28"
    assert parse_qs(parts.query) == {"quick_pull": ["1"], "title": ["题 &"], "body": ["文\n二"]}
    page = compare_page(Forge.GITLAB, "https://gitlab.example/a/b", "main", "x", "题", "文")
    assert parse_qs(urlsplit(page).query)["merge_request[source_branch]"] == ["x"]
    long = compare_page(Forge.GITHUB, "git@github.com:a/b.git", "main", "x", "题", "文" * 5000)
    assert len(long) < 6000
    assert "title=" in long
    assert "body=" not in long
    assert compare_page(Forge.GITEE, "https://gitee.com/a/b", "main", "x", "题", "文").endswith(
        "/compare/main...x"
    )


def test_push_options_hold_no_line_break() -> None:
    for forge in Forge:
        assert all("\n" not in one for one in push_options(forge, "main", "x", "题", "一\n二\n"))


def test_what_would_be_sent_back_is_not_handed_in(server: Path, body: NewBody) -> None:
    one = body("市司法局")
    with pytest.raises(NotAllowedError, match="没有可以提交审核的改动"):
        one.exchange.submit(TODAY)
    one.start("28")
    one.unit = "市教育局"
    one.report("28", "示例")
    with pytest.raises(NotAllowedError, match="这样提交会被退回"):
        one.exchange.submit(TODAY)
    assert "fazhi/" not in git(server, "branch")
    assert one.exchange.submit(TODAY, anyway=True).branch == "fazhi/sfj/28"
    with pytest.raises(UsageError, match="不认识的服务器类型"):
        one.exchange.submit(TODAY, forge="svn", anyway=True)
    with pytest.raises(UsageError, match="没有 发布 分支"):
        one.exchange.submit(TODAY, target="发布")


def test_a_refused_branch_is_told_and_nothing_is_lost(server: Path, body: NewBody) -> None:
    one = body("市司法局")
    one.start("28")
    hook = server / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 示例：不收 >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    with pytest.raises(RepositoryError, match="示例：不收"):
        one.exchange.submit(TODAY)
    assert one.is_clean


def test_the_command_prints_the_request_or_writes_it(
    body: NewBody, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = body("市司法局")
    one.start("28")
    monkeypatch.chdir(one.root)
    assert run(["submit"]) == 0
    shown = capsys.readouterr().out
    assert "已推送 1 个提交到分支 fazhi/sfj/28" in shown
    assert "The following changes since commit" in shown
    mail = tmp_path / "请审核.txt"
    assert run(["submit", "--mail", str(mail), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["分支"] == "fazhi/sfj/28"
    assert mail.read_text("utf-8").startswith("市司法局：28 未启动→推进中\n")

"""Sync and submit against real servers on loopback, and what these refuse."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import FazhiError, RepositoryError
from fazhi_tui.service.exchange.proposal import proposal_of
from tests.conftest import git
from tests.service.exchange.conftest import TODAY, Body
from tests.service.exchange.servers import breaking_line, git_daemon, gitolite, needs, nginx, ssh_command

NewBody = Callable[..., Body]


@pytest.fixture
def bare(server: Path, tmp_path: Path) -> Path:
    """The server's repository with an ASCII name below a folder of its own."""
    folder = tmp_path / "srv"
    folder.mkdir()
    git(tmp_path, "clone", "-q", "--bare", str(server), str(folder / "t.git"))
    git(folder / "t.git", "config", "http.receivepack", "true")
    return folder / "t.git"


def exchange_notes(first: Body, second: Body) -> None:
    """Both file, both sync, both have both."""
    first.start("28")
    second.start("41")
    assert first.exchange.sync().sent == 1
    synced = second.exchange.sync()
    assert (synced.how, synced.sent) == ("合并", 2)
    assert first.exchange.sync().how == "快进"
    assert first.head == second.head
    assert first.is_clean
    assert second.is_clean


# ------------------------------------------------------------------ git daemon


def test_over_git_daemon(bare: Path, body: NewBody) -> None:
    with git_daemon(bare.parent) as address:
        exchange_notes(body("市司法局", f"{address}/t.git"), body("市教育局", f"{address}/t.git"))


def test_a_server_that_is_gone_is_offline_and_one_without_the_repository_is_not(
    bare: Path, body: NewBody
) -> None:
    with git_daemon(bare.parent) as address:
        one = body("市司法局", f"{address}/t.git")
        one.start("28")
        one.git("remote", "set-url", "origin", f"{address}/没有.git")
        with pytest.raises(RepositoryError, match=r"没有这个仓库|不许"):
            one.exchange.sync()
        one.git("remote", "set-url", "origin", f"{address}/t.git")
    synced = one.exchange.sync()
    assert synced.offline is not None
    assert synced.waiting == 1


def test_a_full_disk_on_the_server_is_told_and_nothing_is_lost(
    bare: Path, body: NewBody, tmp_path: Path
) -> None:
    with git_daemon(bare.parent) as address:
        one = body("市司法局", f"{address}/t.git")
    evidence = tmp_path / "大附件.bin"
    evidence.write_bytes(os.urandom(400_000))
    one.report("28", "示例", evidence=(str(evidence),))
    with git_daemon(bare.parent, file_limit=100_000) as address:
        one.git("remote", "set-url", "origin", f"{address}/t.git")
        synced = one.exchange.sync()
        assert synced.refused is not None
        assert "写不下" in synced.refused.message
        assert one.is_clean
    git(bare, "fsck", "--strict")
    with git_daemon(bare.parent) as address:
        one.git("remote", "set-url", "origin", f"{address}/t.git")
        assert one.exchange.sync().sent == 1


@pytest.mark.parametrize("after", [30, 400, 5_000, 100_000])
def test_a_line_cut_in_mid_push_loses_nothing(bare: Path, body: NewBody, tmp_path: Path, after: int) -> None:
    with git_daemon(bare.parent) as address:
        one = body("市司法局", f"{address}/t.git")
        evidence = tmp_path / "附件.bin"
        evidence.write_bytes(os.urandom(300_000))
        one.report("28", "示例", evidence=(str(evidence),))
        port = int(address.rpartition(":")[2])
        with breaking_line(port, after) as cut:
            one.git("remote", "set-url", "--push", "origin", f"git://127.0.0.1:{cut}/t.git")
            with pytest.raises(RepositoryError) as told:
                one.exchange.sync()
            assert "连接中途断了" in told.value.message
            assert one.is_clean
        one.git("remote", "set-url", "--push", "origin", f"{address}/t.git")
        assert one.exchange.sync().sent == 1
    git(bare, "fsck", "--strict")


# ------------------------------------------------------------------ http


@pytest.fixture
def web(bare: Path) -> Iterator[str]:
    with nginx(bare.parent, {"sfj": "mima", "jyj": "mima2"}) as address:
        yield address


def with_password(address: str, name: str, word: str) -> str:
    return f"{address.replace('://', f'://{name}:{word}@')}/t.git"


@needs("nginx", "fcgiwrap")
def test_over_http_with_a_password(web: str, body: NewBody) -> None:
    first = body("市司法局", with_password(web, "sfj", "mima"))
    second = body("市教育局", with_password(web, "jyj", "mima2"))
    exchange_notes(first, second)
    first.report("28", "示例：再报")
    done = first.exchange.submit(TODAY)
    assert done.branch == "fazhi/sfj/28"
    # What can be mailed names the server without the password.
    assert "mima" not in done.mail
    assert "http://sfj@127.0.0.1" in done.mail


@needs("nginx", "fcgiwrap")
def test_a_wrong_password_is_one_clear_line_without_the_password(web: str, body: NewBody) -> None:
    one = body("市司法局", with_password(web, "sfj", "mima"))
    one.start("28")
    for url in (with_password(web, "sfj", "cuowu"), f"{web}/t.git"):
        one.git("remote", "set-url", "origin", url)
        with pytest.raises(RepositoryError, match="不认这个用户名、密码或密钥") as told:
            one.exchange.sync()
        assert "cuowu" not in str(told.value)
        assert "\n" not in told.value.message.partition("git 的原话")[0].strip()
    assert one.is_clean


@needs("nginx", "fcgiwrap")
def test_what_the_web_server_does_not_have_or_allow(web: str, bare: Path, body: NewBody) -> None:
    one = body("市司法局", with_password(web, "sfj", "mima"))
    one.start("28")
    one.git("remote", "set-url", "origin", with_password(web, "sfj", "mima").replace("t.git", "没有.git"))
    with pytest.raises(RepositoryError, match="没有这个仓库"):
        one.exchange.sync()
    one.git("remote", "set-url", "origin", with_password(web, "sfj", "mima"))
    git(bare, "config", "http.receivepack", "false")
    with pytest.raises(RepositoryError, match="不许这个账号"):
        one.exchange.sync()
    git(bare, "config", "http.receivepack", "true")
    assert one.exchange.sync().sent == 1


# ------------------------------------------------------------------ ssh


@needs("gitolite", "sshd")
def test_over_ssh_each_body_writes_only_its_own_branch(
    real_tracker: Path, body: NewBody, tmp_path: Path
) -> None:
    folder = tmp_path / "ssh"
    folder.mkdir()
    with gitolite(folder, ["sfj", "jyj", "office"], real_tracker) as address:

        def clone(unit: str, name: str) -> Body:
            os.environ["GIT_SSH_COMMAND"] = ssh_command(folder, name)
            one = body(unit, address, name)
            del os.environ["GIT_SSH_COMMAND"]
            one.git("config", "core.sshCommand", ssh_command(folder, name))
            return one

        justice, education, office = (
            clone("市司法局", "sfj"),
            clone("市教育局", "jyj"),
            clone("市委依法治市办", "office"),
        )
        justice.start("28")
        synced = justice.exchange.sync()
        assert synced.refused is not None
        assert "不收对 main 分支的推送" in synced.refused.message or "不许" in synced.refused.message
        assert "fazhi submit" in synced.refused.hint
        assert justice.exchange.submit(TODAY).branch == "fazhi/sfj/28"
        # Another body cannot write there, under whatever name.
        education.report("41", "示例")
        with pytest.raises(FazhiError, match=r"不收|不许"):
            education.exchange.submit(TODAY, unit="市司法局", anyway=True)
        assert education.exchange.submit(TODAY).branch == "fazhi/jyj/41"
        # The office takes both in and gives them to all.
        office.git("fetch", "-q")
        for branch in ("fazhi/sfj/28", "fazhi/jyj/41"):
            assert proposal_of(office.writer.reader, "HEAD").problems == ()
            office.git("merge", "-q", "--no-ff", "-m", f"合并 {branch}\n\nKind: 合并", f"origin/{branch}")
        assert office.exchange.sync().sent
        for one in (justice, education):
            got = one.exchange.sync()
            assert got.refused is None
            assert one.head == office.head
        # A key that the server does not know.
        justice.git("config", "core.sshCommand", ssh_command(folder, "admin").replace("admin", "nobody"))
        with pytest.raises(RepositoryError, match="不认这个用户名、密码或密钥"):
            justice.exchange.sync()
        # A server whose host key is not the one that was known.
        (folder / "known_hosts").write_text("")
        education.git(
            "config", "core.sshCommand", ssh_command(folder, "jyj") + " -o StrictHostKeyChecking=yes"
        )
        with pytest.raises(RepositoryError, match="主机密钥"):
            education.exchange.sync()

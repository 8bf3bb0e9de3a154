"""Nothing is served without the token, nor to a page of another site, nor beyond this machine."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from tests.cli.running import process
from tests.web.serving import client, serving

PATHS = ("/", "/static/page.js", "/static/textual.js", "/ws", "/download/x", "/nowhere")


async def test_without_the_token_nothing_is_served(tracker: Path) -> None:
    async with serving(tracker) as server, client(server, known=False) as session:
        for path in PATHS:
            async with session.get(server.base + path) as answer:
                assert answer.status == 403, path
                assert "没有权限" in await answer.text()
        for path in PATHS:
            async with session.get(server.base + path, params={"token": "不对的密钥"}) as answer:
                assert answer.status == 403, path
        wrong = {f"fazhi_{server.port}": "0" * 64}
        async with session.get(server.base + "/static/page.js", cookies=wrong) as answer:
            assert answer.status == 403
        assert server.children() == []


async def test_with_the_token_the_page_opens_and_a_cookie_stands_for_it_from_then_on(tracker: Path) -> None:
    async with serving(tracker) as server, client(server, known=False) as session:
        async with session.get(server.address) as answer:
            page = await answer.text()
            assert answer.status == 200
            given = answer.headers["Set-Cookie"]
        assert '<html lang="zh-CN">' in page
        assert "<title>法治政府建设台账（只读）</title>" in page
        assert "HttpOnly" in given
        assert "SameSite=Strict" in given
        token = server.address.partition("token=")[2]
        assert token not in given
        for path in ("/", "/static/page.js", "/static/page.css", "/static/xterm.css", "/static/textual.js"):
            async with session.get(server.base + path) as answer:
                assert answer.status == 200, path
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        async with session.get(server.base + "/static/textual.js") as answer:
            assert "Noto Sans Mono CJK SC" in await answer.text(), "the script names its fonts in another way"


async def test_each_start_has_a_token_of_its_own_unless_one_is_given(tracker: Path) -> None:
    async with serving(tracker) as first, serving(tracker) as second:
        assert first.address.partition("token=")[2] != second.address.partition("token=")[2]
    async with serving(tracker, "--token", "示例的密钥 &很长的一段") as server, client(server):
        pass
    async with serving(tracker, env={"FAZHI_TOKEN": "example-of-a-token"}) as server:
        assert server.address.endswith("token=example-of-a-token")


async def test_the_websocket_is_only_for_the_servers_own_page(tracker: Path) -> None:
    async with serving(tracker) as server:
        for known, origin in (
            (False, server.base),
            (True, "http://evil.example"),
            (True, f"http://127.0.0.1:{server.port + 1}"),
            (True, "null"),
            (True, None),
        ):
            async with client(server, known=known) as session:
                headers = {"Origin": origin} if origin else {}
                with pytest.raises(WSServerHandshakeError) as refused:
                    await session.ws_connect(f"{server.base}/ws", headers=headers)
                assert refused.value.status == 403, (known, origin)
        assert server.children() == []


async def test_a_name_that_somebody_else_points_here_is_refused(tracker: Path) -> None:
    async with serving(tracker) as server, client(server, known=False) as session:
        headers = {"Host": f"evil.example:{server.port}"}
        async with session.get(server.address, headers=headers) as answer:
            assert answer.status == 403
            assert "主机名" in await answer.text()
        headers = {"Host": f"localhost:{server.port}"}
        async with session.get(server.address, headers=headers) as answer:
            assert answer.status == 200


async def test_behind_a_proxy_the_public_address_counts(tracker: Path) -> None:
    public = "https://taizhang.example.org"
    # The port is the proxy's; a free one is found first, to know ours.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with serving(tracker, "--port", str(port), "--public-url", public) as server:
        assert server.address.startswith(f"{public}/?token=")
        here = f"http://127.0.0.1:{port}"
        headers = {"Host": "taizhang.example.org", "X-Forwarded-Proto": "https"}
        async with ClientSession() as session:
            async with session.get(here + server.address.removeprefix(public), headers=headers) as answer:
                assert answer.status == 200
                assert "Secure" in answer.headers["Set-Cookie"]
                cookie = answer.headers["Set-Cookie"].partition(";")[0]
            # A proxy may pass the name on or put its own in its place; the page's origin is the public one.
            for host in ("taizhang.example.org", f"127.0.0.1:{port}"):
                headers = {"Host": host, "Origin": public, "Cookie": cookie}
                async with session.ws_connect(f"{here}/ws", headers=headers) as opened:
                    assert (await opened.receive(timeout=60)).data


async def test_no_path_leads_out_of_what_is_served(tracker: Path) -> None:
    async with serving(tracker) as server, client(server) as session:
        (cookie,) = session.cookie_jar
        for path in (
            "/static/../../../../../../etc/passwd",
            "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            "/static/..%2f..%2fserver.py",
            "//etc/passwd",
            "/static/",
            "/download/..%2f..%2fetc%2fpasswd",
        ):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            head = f"Host: 127.0.0.1:{server.port}\r\nCookie: {cookie.key}={cookie.value}"
            writer.write(f"GET {path} HTTP/1.1\r\n{head}\r\nConnection: close\r\n\r\n".encode())
            answer = (await reader.read()).decode()
            writer.close()
            assert answer.startswith("HTTP/1.1 404"), (path, answer)
            assert "root:" not in answer


async def test_it_listens_on_the_loopback_alone_unless_told(tracker: Path) -> None:
    async with serving(tracker) as server:
        assert listening(server.port) == {"0100007F"}
        assert "没有加密" not in server.told
    async with serving(tracker, "--host", "0.0.0.0") as server:
        assert listening(server.port) == {"00000000"}
        assert server.base == f"http://127.0.0.1:{server.port}"
        await server.interrupt()
        assert server.process.stderr is not None
        assert "没有加密（TLS）" in (await server.process.stderr.read()).decode()


def listening(port: int) -> set[str]:
    """The addresses (as the kernel writes them) on which somebody listens at a port."""
    found = set()
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            address, number = line.split()[1].split(":")
            if line.split()[3] == "0A" and int(number, 16) == port:
                found.add(address)
    return found


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--token", "短"), 2, "token 太短"),
        (("--port", "70000"), 2, "--port 要在 0 到 65535 之间"),
        (("--port", "八千"), 2, "不是整数"),
        (("--sessions", "0"), 2, "--sessions 要在 1 到 200 之间"),
        (("--host", "没有.这个.主机.invalid"), 2, "找不到主机"),
        (("--public-url", "ftp://x"), 2, "不是网址"),
        (("--public-url", "https://[x/"), 2, "不是网址"),
        (("--repo", "没有这个目录"), 3, "没有"),
    ],
)
def test_a_mistake_in_the_options_is_told_in_chinese(
    tracker: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    result = process(tracker, "serve", "--port", "0", *words)
    assert result.code == code, (result.out, result.err)
    assert said in result.err
    assert "Traceback" not in result.err


async def test_a_port_in_use_is_told(tracker: Path) -> None:
    async with serving(tracker) as server:
        result = await asyncio.to_thread(process, tracker, "serve", "--port", str(server.port))
        assert result.code == 3
        assert f"端口 {server.port} 已有别的程序在用" in result.err

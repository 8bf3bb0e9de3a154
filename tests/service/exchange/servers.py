"""Real git servers on loopback for a test: sshd with gitolite3, nginx with git http-backend, git daemon."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import git

_PLACES = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin{os.pathsep}/usr/local/sbin"


def program(name: str) -> str:
    """Where a system program is, or ``""``."""
    return shutil.which(name, path=_PLACES) or ""


def needs(*names: str) -> pytest.MarkDecorator:
    """Skip where a server is not installed; .ci/run installs them all."""
    missing = [name for name in names if not program(name)]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(words: Sequence[str], port: int, log: Path, **more: object) -> Iterator[None]:
    """A server in the foreground, listening on ``port`` by the time that this begins."""
    with log.open("ab") as said:
        process = subprocess.Popen(words, stdout=said, stderr=said, start_new_session=True, **more)  # type: ignore[call-overload]
        try:
            _wait(process, port, log)
            yield
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with socket.socket() as tried:
            tried.settimeout(1)
            if port == 0 or tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")


# ------------------------------------------------------------------ git daemon


@contextmanager
def git_daemon(folder: Path, *, file_limit: int = 0) -> Iterator[str]:
    """``git://`` for every repository below ``folder``, pushing allowed; gives the address of the folder.

    ``file_limit`` is the size in bytes that no file written by it may pass: a disk that is full.
    """
    port = free_port()
    words = ["git", "daemon", "--reuseaddr", "--listen=127.0.0.1", f"--port={port}", "--export-all"]
    words += ["--enable=receive-pack", f"--base-path={folder}", str(folder)]

    def limit() -> None:
        import resource

        # The write then fails, as on a full disk, instead of killing the process.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

    more = {"preexec_fn": limit} if file_limit else {}
    with running(words, port, folder / "daemon.log" if not file_limit else folder / "limited.log", **more):
        yield f"git://127.0.0.1:{port}"


# ------------------------------------------------------------------ nginx


@contextmanager
def nginx(folder: Path, users: dict[str, str]) -> Iterator[str]:
    """``http://`` for every repository below ``folder`` through git http-backend, with passwords."""
    port = free_port()
    home = folder / "nginx"
    home.mkdir()
    (home / "users").write_text("".join(f"{name}:{{PLAIN}}{word}\n" for name, word in users.items()))
    backend = Path(git(folder, "--exec-path").strip()) / "git-http-backend"
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{name}_temp_path {home}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"""{user}
daemon off;
pid {home}/pid;
error_log stderr;
events {{}}
http {{
    {temporary}
    access_log off;
    client_max_body_size 0;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            auth_basic "taizhang";
            auth_basic_user_file {home}/users;
            fastcgi_pass unix:{home}/socket;
            fastcgi_param SCRIPT_FILENAME {backend};
            fastcgi_param GIT_PROJECT_ROOT {folder};
            fastcgi_param GIT_HTTP_EXPORT_ALL "";
            fastcgi_param PATH_INFO $uri;
            fastcgi_param REMOTE_USER $remote_user;
            fastcgi_param REMOTE_ADDR $remote_addr;
            fastcgi_param QUERY_STRING $query_string;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param CONTENT_TYPE $content_type;
            fastcgi_param CONTENT_LENGTH $content_length;
            fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
            fastcgi_param HTTP_GIT_PROTOCOL $http_git_protocol;
        }}
    }}
}}
"""
    )
    log = home / "log"
    wrap = [program("fcgiwrap"), "-c", "4", "-s", f"unix:{home}/socket"]
    with (
        running(wrap, 0, log),
        running([program("nginx"), "-c", str(home / "nginx.conf"), "-p", str(home)], port, log),
    ):
        yield f"http://127.0.0.1:{port}"


# ------------------------------------------------------------------ gitolite over ssh


@contextmanager
def gitolite(folder: Path, bodies: Sequence[str], seed: Path) -> Iterator[str]:
    """A repository ``taizhang`` over ssh, seeded from ``seed``; each of ``bodies`` has a key of its own.

    Everybody reads; ``office`` writes main, the others only ``fazhi/<their name>/…``.  Gives the address;
    the key of a body is ``folder/keys/<name>``, for GIT_SSH_COMMAND see :func:`ssh_command`.
    """
    home, keys = folder / "gitolite", folder / "keys"
    home.mkdir()
    keys.mkdir()
    for name in ("admin", *bodies):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(keys / name)]
        subprocess.run(command, check=True)
    environ = {**os.environ, "HOME": str(home), "USER": "git", "LOGNAME": "git"}
    environ |= {"GIT_CONFIG_GLOBAL": str(home / ".gitconfig")}
    (home / ".gitconfig").write_text("[user]\n\tname = x\n\temail = x@x\n[init]\n\tdefaultBranch = master\n")

    def administer(*words: str) -> None:
        subprocess.run([program("gitolite"), *words], env=environ, cwd=home, check=True, capture_output=True)

    administer("setup", "-pk", str(keys / "admin.pub"))
    rules = ["repo taizhang", "    RW+ = admin", "    R = @all", "    RW main = office"]
    rules += [f"    RW fazhi/{name}/ = {name}" for name in bodies]
    conf = home / ".gitolite"
    (conf / "conf" / "gitolite.conf").write_text("\n".join(rules) + "\n")
    for name in bodies:
        shutil.copy(keys / f"{name}.pub", conf / "keydir" / f"{name}.pub")
    administer("setup")
    bare = home / "repositories" / "taizhang.git"
    git(bare, "fetch", "-q", str(seed), "HEAD:refs/heads/main")
    git(bare, "symbolic-ref", "HEAD", "refs/heads/main")
    port = free_port()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "host")], check=True)
    config = folder / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM no\n"
        f"AuthorizedKeysFile {home}/.ssh/authorized_keys\nStrictModes no\nPermitRootLogin yes\n"
        f"PasswordAuthentication no\nKbdInteractiveAuthentication no\nSetEnv HOME={home}\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    with running([program("sshd"), "-D", "-e", "-f", str(config)], port, folder / "sshd.log"):
        (folder / "known_hosts").write_text(
            f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text().rpartition(' ')[0]}\n"
        )
        yield f"ssh://{user}@127.0.0.1:{port}/taizhang"


def ssh_command(folder: Path, name: str) -> str:
    """What a body's clone has as ``core.sshCommand``."""
    return (
        f"ssh -F /dev/null -o IdentitiesOnly=yes -o BatchMode=yes -o UserKnownHostsFile={folder}/known_hosts"
        f" -i {folder}/keys/{name}"
    )


# ------------------------------------------------------------------ a line that breaks


@contextmanager
def breaking_line(port: int, after: int) -> Iterator[int]:
    """A port that passes everything on to ``port`` until ``after`` bytes went up, then hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=_pass_on, args=(client, port, after), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.close()


def _pass_on(client: socket.socket, port: int, after: int) -> None:
    server = socket.create_connection(("127.0.0.1", port))

    def down() -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)

    threading.Thread(target=down, daemon=True).start()
    left = after
    with suppress(OSError):
        while data := client.recv(min(4096, left) or 1):
            server.sendall(data)
            left -= len(data)
            if left <= 0:
                break
    for each in (client, server):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()

"""What the common git servers need for a pull request: pure, from the address of the repository.

Sources: GitLab's push options, Gitea's and Forgejo's AGit (``refs/for``), and the compare pages of GitHub,
Gitee, GitLab and Gitea, each as their documentation has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode

#: Longer page addresses than this are refused by some servers: then without the text.
_PAGE_LIMIT = 6000


class Forge(StrEnum):
    """A kind of server; 其他 is any other, which takes a branch and no more."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEE = "gitee"
    GITEA = "gitea"
    OTHER = "其他"


#: Part of the host's name → kind of server.
_HOSTS = (
    ("github", Forge.GITHUB),
    ("gitlab", Forge.GITLAB),
    ("jihulab", Forge.GITLAB),
    ("gitee", Forge.GITEE),
    ("gitea", Forge.GITEA),
    ("forgejo", Forge.GITEA),
    ("codeberg", Forge.GITEA),
)

_URL = re.compile(r"(?:https?|ssh|git)://(?:[^@/]*@)?([^/:]+)(?::(\d+))?/(.+)", re.IGNORECASE)
_SCP = re.compile(r"(?:[^@/:]+@)?([^/:]+):(?!/)(.+)")


@dataclass(frozen=True, slots=True)
class Home:
    """A repository's page: ``https://host/owner/name``."""

    host: str
    page: str


def home_of(url: str) -> Home | None:
    """The page of the repository behind an address; None for a folder or a file."""
    found = _URL.fullmatch(url)
    if found:
        host, port, path = found.groups()
        # The port of ssh and git is not that of the page.
        kept = f":{port}" if port and url.lower().startswith("http") else ""
    else:
        found = _SCP.fullmatch(url)
        if not found or (len(found[1]) == 1 and found[1].isalpha()):  # C:\…
            return None
        host, path = found.groups()
        kept = ""
    scheme = "http" if url.lower().startswith("http://") else "https"
    clean = path.strip("/").removesuffix(".git")
    return Home(host, f"{scheme}://{host}{kept}/{clean}")


def forge_of(url: str) -> Forge:
    """What kind of server an address belongs to, going by its host's name."""
    home = home_of(url)
    host = home.host.lower() if home else ""
    return next((forge for part, forge in _HOSTS if part in host), Forge.OTHER)


def compare_page(forge: Forge, url: str, target: str, branch: str, title: str, body: str) -> str:
    """The page on which a pull request of ``branch`` into ``target`` is made; empty where none is known."""
    home = home_of(url)
    if home is None or forge is Forge.OTHER:
        return ""
    if forge is Forge.GITLAB:
        said = {"source_branch": branch, "target_branch": target, "title": title, "description": body}
        return _fitting(
            f"{home.page}/-/merge_requests/new", {f"merge_request[{k}]": v for k, v in said.items()}
        )
    page = f"{home.page}/compare/{quote(target, safe='/')}...{quote(branch, safe='/')}"
    if forge is Forge.GITHUB:
        return _fitting(page, {"quick_pull": "1", "title": title, "body": body})
    return page


def _fitting(page: str, said: dict[str, str]) -> str:
    while said:
        address = f"{page}?{urlencode(said, quote_via=quote)}"
        if len(address) <= _PAGE_LIMIT:
            return address
        said = dict(list(said.items())[:-1])
    return page


def push_options(forge: Forge, target: str, branch: str, title: str, body: str) -> tuple[str, ...]:
    """What is told the server with the push so that it makes the pull request itself.

    An option holds no line break (git-push(1)): GitLab's Markdown takes ``<br>``, Gitea reads ``\\n``.
    """
    if forge is Forge.GITLAB:
        return (
            "merge_request.create",
            f"merge_request.target={target}",
            f"merge_request.title={title}",
            f"merge_request.description={'<br>'.join(body.strip().splitlines())}",
        )
    if forge is Forge.GITEA:
        lines = "\\n".join(body.strip().splitlines())
        return (f"topic={branch}", f"title={title}", f"description={lines}")
    return ()


def refspec_of(forge: Forge, commit: str, target: str, branch: str) -> str:
    """Where the commits are pushed: ``refs/for/main`` for Gitea and Forgejo, else a branch."""
    if forge is Forge.GITEA:
        return f"{commit}:refs/for/{target}"
    return f"{commit}:refs/heads/{branch}"


def pages_in(said: str) -> tuple[str, ...]:
    """The addresses of pages that a server's answer to a push holds."""
    return tuple(dict.fromkeys(re.findall(r"https?://[^\s<>\"']+", said)))

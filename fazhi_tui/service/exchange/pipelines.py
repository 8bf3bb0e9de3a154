"""What a server's pipeline needs to run the rules for a branch: texts by their paths, from ``templates/``.

Sources: the workflow syntax of GitHub Actions (which Gitea and Forgejo read too), GitLab CI's keywords and
Gitee Go's pipelines; CODEOWNERS as each server reads it (Gitea: regular expressions and user names alone).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from fazhi_tui.domain.model.measure import Measure, Role
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.service.exchange.forges import Forge

# The variable FAZHI_PACKAGE says where the program comes from: a package name, an address or a file.
_INSTALL = 'python -m pip install --quiet "${FAZHI_PACKAGE:-fazhi}"'
_INSTALL_HERE = (
    "python -m pip install --quiet -r requirements.lock && python -m pip install --quiet --no-deps ."
)

#: Server → the workflow's file, the pull request's template, CODEOWNERS.
_PLACES = {
    Forge.GITHUB: (".github/workflows/fazhi.yml", ".github/pull_request_template.md", ".github/CODEOWNERS"),
    Forge.GITLAB: (".gitlab-ci.yml", ".gitlab/merge_request_templates/Default.md", ".gitlab/CODEOWNERS"),
    Forge.GITEE: (".workflow/fazhi.yml", ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md", ".gitee/CODEOWNERS"),
    Forge.GITEA: (".gitea/workflows/fazhi.yml", ".gitea/pull_request_template.md", ".gitea/CODEOWNERS"),
}
#: Gitea and Forgejo read GitHub's workflow.
_WORKFLOWS = dict.fromkeys((Forge.GITHUB, Forge.GITEA), "github.yml") | {
    Forge.GITLAB: "gitlab.yml",
    Forge.GITEE: "gitee.yml",
}


def pipeline_files(
    forge: Forge,
    measures: Sequence[Measure],
    units: Sequence[Unit],
    office: str,
    main: str,
    *,
    own_program: bool,
) -> dict[str, str]:
    """The files for one kind of server.

    ``office`` is the coordinating office's name (or empty), ``main`` the branch that work goes into,
    ``own_program`` says that the repository holds the program itself.
    """
    made = f"由 fazhi init --ci {forge} 生成；重新生成会提示哪里改过。"
    values = {"made": made, "install": _INSTALL_HERE if own_program else _INSTALL, "main": main}
    workflow, template, owners = _PLACES[forge]
    return {
        workflow: _filled(_WORKFLOWS[forge], values),
        template: _filled("pull_request.md", values),
        owners: code_owners(forge, measures, units, office),
    }


def _filled(template: str, values: Mapping[str, str]) -> str:
    """A text of ``templates/`` with each ``@name@`` replaced by its value."""
    text = (resources.files("fazhi_tui.service.exchange") / "templates" / template).read_text("utf-8")
    return re.sub(r"@(\w+)@", lambda found: values.get(found[1], found[0]), text)


def code_owners(forge: Forge, measures: Sequence[Measure], units: Sequence[Unit], office: str) -> str:
    """Who is asked to review what: the office for the plan, the lead units' contacts for each measure.

    A rule without a known contact is a remark, so that a person sees what units.yaml lacks.
    """
    index = UnitIndex(units)
    contacts = {
        unit.name: [contact.email for contact in unit.contacts if contact.until is None] for unit in units
    }
    lines = ["# 由 plan/units.yaml 的联络员生成（fazhi init --ci）：谁来审核哪些文件。"]
    if forge is Forge.GITEA:
        lines.append("# Gitea 只认用户名：把每行的邮箱换成 @用户名，再去掉行首的井号。")
    own = contacts.get(index.canonical(office), []) if office else []
    lines += _rule(forge, "plan", office or "统筹单位", own)
    for measure in measures:
        leads = index.bodies(measure.units(Role.LEAD) or measure.units(Role.RESPONSIBLE), members=False)
        known = [email for name in leads for email in contacts.get(name, [])]
        named = [name if contacts.get(name) else f"{name}（还没有联络员）" for name in leads]
        lines += _rule(forge, f"status/{measure.stem}", "、".join(named) or "未列单位", [*known, *own])
    return "\n".join(lines) + "\n"


def _rule(forge: Forge, folder: str, whose: str, emails: Sequence[str]) -> Iterator[str]:
    path = f"{folder}/.*" if forge is Forge.GITEA else f"/{folder}/"
    owners = " ".join(dict.fromkeys(emails))
    if not owners:
        yield f"# {path}  {whose}：没有可请的人，先在 plan/units.yaml 里写上联络员"
    else:
        yield f"# {whose}"
        yield f"# {path} {owners}" if forge is Forge.GITEA else f"{path} {owners}"

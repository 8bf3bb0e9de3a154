"""What a server's pipeline needs to run the rules for a branch: pure, the texts of files by their paths.

Sources: the workflow syntax of GitHub Actions (which Gitea and Forgejo read too), GitLab CI's keywords and
Gitee Go's pipelines; CODEOWNERS as each server reads it (Gitea: regular expressions and user names alone).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fazhi_tui.domain.model.measure import Measure, Role
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.service.exchange.forges import Forge

# The variable FAZHI_PACKAGE says where the program comes from: a package name, an address or a file.
_INSTALL = 'python -m pip install --quiet "${FAZHI_PACKAGE:-fazhi}"'
_INSTALL_HERE = (
    "python -m pip install --quiet -r requirements.lock && python -m pip install --quiet --no-deps ."
)

_GITHUB = """\
# {made}
name: 台账检查
on:
  pull_request:
  push:
    branches: [{main}]
permissions:
  contents: read
jobs:
  check:
    name: 检查
    runs-on: ubuntu-latest
    env:
      # 程序从哪里安装：软件包名、地址或文件；在仓库的变量里设置。
      FAZHI_PACKAGE: ${{{{ vars.FAZHI_PACKAGE }}}}
      # 分支名是别人写的，只经环境变量传递，不写进命令。
      BRANCH: ${{{{ github.head_ref }}}}
      TARGET: ${{{{ github.base_ref }}}}
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          ref: ${{{{ github.event.pull_request.head.sha || github.sha }}}}
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: 安装
        run: {install}
      - name: 检查分支
        if: github.event_name == 'pull_request'
        run: >-
          fazhi check --base "origin/$TARGET" --branch "$BRANCH"
          --format github --summary "$GITHUB_STEP_SUMMARY"
      - name: 检查全部
        if: github.event_name != 'pull_request'
        run: |
          fazhi check --format github
          fazhi audit
"""

_GITLAB = """\
# {made}
台账检查:
  image: python:3.12
  variables:
    GIT_DEPTH: "0"
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  before_script:
    # 程序从哪里安装：在 CI/CD 变量里设置 FAZHI_PACKAGE。
    - {install}
  script:
    - |
      if [ -n "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME" ]; then
        git fetch --quiet origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
        fazhi check --base FETCH_HEAD --branch "$CI_MERGE_REQUEST_SOURCE_BRANCH_NAME" \\
          --summary fazhi-check.md --format gitlab > gl-code-quality-report.json
      else
        fazhi check
        fazhi audit
      fi
  artifacts:
    when: always
    paths: [fazhi-check.md]
    reports:
      codequality: gl-code-quality-report.json
"""

_GITEE = """\
# {made}
version: '1.0'
name: fazhi-check
displayName: 台账检查
triggers:
  trigger: auto
  push:
    branches:
      include: [.*]
  pr:
    branches:
      include: [{main}]
stages:
  - name: check
    displayName: 检查
    strategy: naturally
    trigger: auto
    steps:
      # 构建机取不到公共镜像时，把 image 改为本单位的镜像；要有 git 和 Python 3.11 以上。
      - step: execute@docker
        name: check
        displayName: 检查
        image: python:3.12
        command:
          # 程序从哪里安装：在流水线变量里设置 FAZHI_PACKAGE。
          - {install}
          - git fetch --quiet --unshallow || true
          - git fetch --quiet origin {main}
          - |
            if [ "$(git rev-parse HEAD)" = "$(git rev-parse FETCH_HEAD)" ]; then
              fazhi check
              fazhi audit
            else
              fazhi check --base FETCH_HEAD --branch "$GITEE_BRANCH"
            fi
"""

_TEMPLATE = """\
<!-- fazhi submit 会写好标题和说明；手工发起时照此填写。 -->

## 改了什么

- 第  条：

## 提交前

- [ ] 只有本单位的进展，没有改动方案文本和以前的进展
- [ ] 佐证材料已附上，不含涉密和个人隐私内容
- [ ] `fazhi check --base origin/{main}` 没有错误

## 给审核的人

- 状态变化和灯见检查结果里的摘要
- 两个单位从同一状态报出不同结果的，检查会提醒，请看过两条再定
"""

#: Server → the workflow's file, the pull request's template, CODEOWNERS.
_PLACES = {
    Forge.GITHUB: (".github/workflows/fazhi.yml", ".github/pull_request_template.md", ".github/CODEOWNERS"),
    Forge.GITLAB: (".gitlab-ci.yml", ".gitlab/merge_request_templates/Default.md", ".gitlab/CODEOWNERS"),
    Forge.GITEE: (".workflow/fazhi.yml", ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md", ".gitee/CODEOWNERS"),
    Forge.GITEA: (".gitea/workflows/fazhi.yml", ".gitea/pull_request_template.md", ".gitea/CODEOWNERS"),
}
_WORKFLOWS = {Forge.GITHUB: _GITHUB, Forge.GITEA: _GITHUB, Forge.GITLAB: _GITLAB, Forge.GITEE: _GITEE}


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
    install = _INSTALL_HERE if own_program else _INSTALL
    workflow, template, owners = _PLACES[forge]
    return {
        workflow: _WORKFLOWS[forge].format(made=made, main=main, install=install),
        template: _TEMPLATE.format(main=main),
        owners: code_owners(forge, measures, units, office),
    }


def code_owners(forge: Forge, measures: Sequence[Measure], units: Sequence[Unit], office: str) -> str:
    """Who is asked to review what: the office for the plan, the lead units' contacts for each measure.

    A rule without a known contact is a remark, so that a person sees what units.yaml lacks.
    """
    index = UnitIndex(units)
    contacts = {unit.name: [contact.email for contact in unit.contacts] for unit in units}
    lines = ["# 由 plan/units.yaml 的联络员生成（fazhi init --ci）：谁来审核哪些文件。"]
    if forge is Forge.GITEA:
        lines.append("# Gitea 只认用户名：把每行的邮箱换成 @用户名，再去掉行首的井号。")
    own = contacts.get(index.canonical(office), []) if office else []
    path = _pattern(forge)
    lines += _rule(forge, path("plan"), office or "统筹单位", own)
    for measure in measures:
        leads = index.bodies(measure.units(Role.LEAD) or measure.units(Role.RESPONSIBLE), members=False)
        known = [email for name in leads for email in contacts.get(name, [])]
        named = [name if contacts.get(name) else f"{name}（还没有联络员）" for name in leads]
        lines += _rule(forge, path(f"status/{measure.stem}"), "、".join(named) or "未列单位", [*known, *own])
    return "\n".join(lines) + "\n"


def _pattern(forge: Forge) -> Callable[[str], str]:
    return (lambda folder: f"{folder}/.*") if forge is Forge.GITEA else (lambda folder: f"/{folder}/")


def _rule(forge: Forge, path: str, whose: str, emails: Sequence[str]) -> Iterator[str]:
    owners = " ".join(dict.fromkeys(emails))
    if not owners:
        yield f"# {path}  {whose}：没有可请的人，先在 plan/units.yaml 里写上联络员"
    else:
        yield f"# {whose}"
        yield f"# {path} {owners}" if forge is Forge.GITEA else f"{path} {owners}"

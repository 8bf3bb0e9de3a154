"""``fazhi doctor``: what is wrong with this machine or this repository, and how to mend it."""

from __future__ import annotations

import codecs
import importlib.util
import locale
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo

from fazhi_tui import __version__
from fazhi_tui.cli.output import SEVERITY_COLOURS, counted, err, out, out_json, paint
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.as_of import zone_of
from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.text.cells import cell_len, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_history import abolition
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.notes.drafts import Drafts
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.view import View
from fazhi_tui.vcs.diagnosis import diagnose, repository_facts

#: The screen is usable from this size on (DESIGN.md, section 7).
LEAST_COLUMNS, LEAST_LINES = 80, 24
LEAST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: ``severity`` is None where it is in order."""

    subject: str
    state: str
    severity: Severity | None = None
    hint: str = ""

    @property
    def level(self) -> str:
        """What is said of it: an error, a warning, or that it is in order."""
        return self.severity.value if self.severity else "正常"


@command("doctor", "json", "repo", "today")
def doctor(read: ReadContext) -> int:
    """检查本机和台账的环境：Python、git、填报人、终端、文件，并说明怎么修好；不改动任何文件。

    有错误时退出码为 1。

    例：
      fazhi doctor
      fazhi doctor --json
    """
    findings = [*_machine(), *_terminal(), *_settings(), *_tracker(read)]
    if read.json:
        out_json(
            [
                {"项目": found.subject, "级别": found.level, "说明": found.state, "办法": found.hint}
                for found in findings
            ]
        )
    else:
        _print(findings)
    return 1 if any(finding.severity is Severity.ERROR for finding in findings) else 0


def _machine() -> Iterator[Finding]:
    yield Finding("fazhi", __version__)
    found = ".".join(str(part) for part in sys.version_info[:3])
    old = Finding("Python", found, Severity.ERROR, "安装 Python 3.11 或更高版本")
    yield Finding("Python", found) if sys.version_info[:2] >= LEAST_PYTHON else old
    hint = "重新安装依赖：pip install 'ruamel.yaml[oldlibyaml]'（make run 会自动安装）"
    slow = Finding("YAML 解析", "没有 C 解析器，读取会慢十倍", Severity.WARNING, hint)
    yield Finding("YAML 解析", "有 C 解析器") if importlib.util.find_spec("_ruamel_yaml") else slow
    program = shutil.which("git")
    absent = Finding("git", "没有找到", Severity.ERROR, "安装 git，并确认它在 PATH 中")
    yield Finding("git", program) if program else absent


def _terminal() -> Iterator[Finding]:
    if sys.stdout.isatty():
        size = shutil.get_terminal_size()
        state = f"{size.columns}x{size.lines}，TERM={one_line(os.environ.get('TERM', ''))}"
        hint = f"把窗口放大到 {LEAST_COLUMNS}x{LEAST_LINES} 以上"
        small = size.columns < LEAST_COLUMNS or size.lines < LEAST_LINES
        yield Finding("终端", state, Severity.WARNING, hint) if small else Finding("终端", state)
    else:
        yield Finding("终端", "输出不在终端上，没有检查大小")
    name = _locale_encoding()
    hint = "设置 LC_ALL=C.UTF-8 或 zh_CN.UTF-8；fazhi 总是输出 UTF-8，终端也要按 UTF-8 显示"
    other = Finding("字符编码", f"{name}，不是 UTF-8", Severity.WARNING, hint)
    with suppress(LookupError):
        if codecs.lookup(name).name == "utf-8":
            other = Finding("字符编码", name)
    yield other


def _locale_encoding() -> str:
    """The encoding that the locale asks for, whatever mode Python runs in."""
    asked = next((os.environ[key] for key in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(key)), "")
    if asked.upper() in ("C", "POSIX"):
        return "US-ASCII"
    return asked.partition(".")[2].partition("@")[0] or locale.getencoding()


def _settings() -> Iterator[Finding]:
    """The person's own file: what cannot be read, and keys that clash."""
    from fazhi_tui.service.preferences.preferences import load_preferences

    loaded = load_preferences()
    if not loaded.exists:
        yield Finding("个人设置", "没有，都用默认的")
        return
    problems = [(f"{problem.place} {problem.message}", problem.hint) for problem in loaded.problems]
    if loaded.values.keys:
        # Only here: the table of actions belongs to the screen.
        from fazhi_tui.tui.actions.keymap import keymap

        found = keymap((key.action, key.keys) for key in loaded.values.keys)
        problems += [(problem, f"改 {loaded.path}") for problem in found.problems]
    if not problems:
        yield Finding("个人设置", loaded.path)
    for message, hint in problems:
        yield Finding("个人设置", message, Severity.WARNING, hint)


def _tracker(read: ReadContext) -> Iterator[Finding]:
    try:
        reader, view = read.reader, read.view
    except FazhiError as error:
        yield Finding("台账", error.message, Severity.ERROR, error.hint)
        return
    yield _zone(view)
    yield Finding("台账", f"{reader.root}，{len(view.rows)} 条措施、{len(view.tracker.notes)} 条进展")
    severities = [problem.severity for problem in check_tracker(reader.root)]
    worst = Severity.ERROR if Severity.ERROR in severities else Severity.WARNING
    wrong = Finding("文件", f"有 {counted(severities)}", worst, "运行 fazhi check 查看每一处")
    yield wrong if severities else Finding("文件", "没有问题")
    if kept := Drafts(reader.root).every():
        hint = f"运行 fazhi report {' '.join(kept[0].measures)} --draft 接着填报"
        named = "、".join(one_line(draft.label) for draft in kept)
        yield Finding("草稿", f"有 {len(kept)} 份没有提交：{named}", Severity.WARNING, hint)
    if shutil.which("git"):
        yield from _git(reader)


def _zone(view: View) -> Finding:
    """Whether it is the same time here as where the plan counts its days."""
    planned = datetime.now(zone_of(view.settings.zone))
    here = planned.astimezone(_machine_zone())
    if here.utcoffset() == planned.utcoffset():
        return Finding("时区", f"{view.settings.zone}")
    state = (
        f"本机是 {here:%z}（{here:%m-%d %H:%M}），方案的时区是 {view.settings.zone}（{planned:%m-%d %H:%M}）"
    )
    hint = "日子和填报的时间都按方案的时区，不受影响；要本机也一致，设置环境变量 TZ=Asia/Shanghai"
    return Finding("时区", state, Severity.WARNING, hint)


def _machine_zone() -> tzinfo | None:
    return datetime.now().astimezone().tzinfo


def _git(reader: Reader) -> Iterator[Finding]:
    """What git says of itself, the person and the repository; all faults are the history room's to tell."""
    try:
        problems = diagnose(reader.repository.runner)
        facts = dict(repository_facts(reader.repository.runner))
        identity = reader.repository.identity()
    except FazhiError as error:
        yield Finding("仓库", error.message, Severity.ERROR, error.hint)
        return
    yield from (Finding(name, facts[name]) for name in ("git 版本", "分支", "上游", "钩子", "签名"))
    if identity.name and identity.email:
        yield Finding("填报人", identity.author)
    if identity.unit:
        yield _unit(reader, identity.unit)
    for problem in problems:
        place = f"{problem.place}：" if problem.path else ""
        yield Finding("仓库", f"{place}{problem.message}", problem.severity, problem.hint)


def _unit(reader: Reader, name: str) -> Finding:
    try:
        unit = reader.load().index.resolve(name)
        if unit.abolished is None:
            return Finding("填报单位", unit.name)
        hint = "运行 git config fazhi.unit 单位名称 改为承接的单位"
        return Finding("填报单位", f"{unit.name}{abolition(unit)}", Severity.ERROR, hint)
    except FazhiError as error:
        hint = f"{error.hint}；运行 git config fazhi.unit 单位名称 改正"
        return Finding("填报单位", error.message, Severity.ERROR, hint)


def _print(findings: list[Finding]) -> None:
    width = max(cell_len(finding.subject) for finding in findings)
    for finding in findings:
        colour = SEVERITY_COLOURS[finding.severity] if finding.severity else "32"
        out(f"{paint(finding.level, colour)}  {pad(finding.subject, width)}  {one_line(finding.state)}")
        if finding.hint:
            out(f"{' ' * (width + 8)}办法：{one_line(finding.hint)}")
    wrong = [finding.severity for finding in findings if finding.severity]
    err(f"有 {counted(wrong)}。" if wrong else "一切正常。")

"""``fazhi completion``: the script that makes a shell complete commands, numbers, units and statuses."""

from __future__ import annotations

import os

from fazhi_tui.cli.completion.shell_scripts import SCRIPTS
from fazhi_tui.cli.completion.values import complete_shell
from fazhi_tui.cli.options import argument
from fazhi_tui.cli.output import out
from fazhi_tui.cli.read_context import command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line


@command("completion")
def completion(
    shell: str | None = argument("外壳", "bash、zsh 或 fish；不写则看 SHELL。", complete_shell),
) -> None:
    """输出命令行补全脚本，命令、选项、措施编号、单位、状态都能补全。

    bash 写入 ~/.bashrc：eval "$(fazhi completion bash)"
    zsh 写入 ~/.zshrc（compinit 之后）：eval "$(fazhi completion zsh)"
    fish 存为文件：fazhi completion fish > ~/.config/fish/completions/fazhi.fish

    例：
      fazhi completion bash
    """
    name = shell or os.environ.get("SHELL", "").rpartition("/")[2]
    if name not in SCRIPTS:
        raise UsageError(
            f"没有 {one_line(name, 30)} 的补全脚本" if name else "不知道用的是什么外壳",
            f"可用的有：{'、'.join(SCRIPTS)}，例如 fazhi completion bash",
        )
    out(SCRIPTS[name].strip())

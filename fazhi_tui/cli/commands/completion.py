"""``fazhi completion``: the script that makes a shell complete commands, numbers, units and statuses.

Each connects a shell with :mod:`fazhi_tui.cli.completion.completer`: it hands over the line up to the cursor
and takes back one candidate a line: value, tab, explanation.
"""

from __future__ import annotations

import os

import typer

from fazhi_tui.cli.options import argument
from fazhi_tui.cli.output import out
from fazhi_tui.cli.read_context import command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line

_BASH = r"""
_fazhi_complete() {
    local line value IFS=$'\n'
    COMPREPLY=()
    line="${COMP_LINE:0:COMP_POINT}"
    for value in $(_FAZHI_COMPLETE_SHELL=bash _FAZHI_COMPLETE_LINE="$line" \
        _FAZHI_COMPLETE_BREAKS="$COMP_WORDBREAKS" command fazhi 2>/dev/null); do
        COMPREPLY+=("${value%%$'\t'*}")
    done
    case "${COMPREPLY[0]}" in *[:=]) compopt -o nospace 2>/dev/null ;; esac
    return 0
}
complete -o default -F _fazhi_complete fazhi
"""

_ZSH = r"""
#compdef fazhi
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_fazhi_complete() {
    local line value
    local -a lines whole whole_texts open open_texts other
    lines=("${(@f)$(_FAZHI_COMPLETE_SHELL=zsh _FAZHI_COMPLETE_LINE="$LBUFFER" command fazhi 2>/dev/null)}")
    for line in "${lines[@]}"; do
        [[ -n "$line" ]] || continue
        value="${line%%$'\t'*}"
        # Meant by its pinyin: zsh by itself takes only what begins with what was typed.
        [[ "$value" == "${(Q)PREFIX}"* ]] || other=(-U)
        if [[ "$value" == *[:=] ]]; then
            open+=("$value")
            open_texts+=("$value  ${line#*$'\t'}")
        else
            whole+=("$value")
            whole_texts+=("$value  ${line#*$'\t'}")
        fi
    done
    if (( ${#whole} + ${#open} == 0 )); then
        _files
        return
    fi
    (( ${#whole} )) && compadd $other -l -d whole_texts -a whole
    (( ${#open} )) && compadd $other -l -S '' -d open_texts -a open
    # Of several the beginning that they share must not take the place of what was typed.
    (( ${#other} && ${#whole} + ${#open} > 1 )) && compstate[insert]='' compstate[list]='list force'
    return 0
}
compdef _fazhi_complete fazhi
"""

_FISH = r"""
function __fazhi_complete
    env _FAZHI_COMPLETE_SHELL=fish _FAZHI_COMPLETE_LINE=(commandline -cp | string collect) fazhi 2>/dev/null
end
complete -c fazhi -f -a '(__fazhi_complete)'
complete -c fazhi -F -n '__fish_seen_subcommand_from import'
complete -c fazhi -F -n '__fish_prev_arg_in --repo --evidence --corrections --into'
"""

#: Shell → script.
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def complete_shell(_context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The shells that have a script."""
    return [(name, "") for name in SCRIPTS if name.startswith(incomplete)]


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

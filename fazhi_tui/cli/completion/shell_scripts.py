"""The scripts that connect a shell's completion with :mod:`fazhi_tui.cli.completion.completer`.

Each hands over the line up to the cursor and takes back one candidate a line: value, tab, explanation.
"""

_BASH = r"""
_fazhi_complete() {
    local line value IFS=$'\n'
    COMPREPLY=()
    line="${COMP_LINE:0:COMP_POINT}"
    for value in $(_FAZHI_COMPLETE_SHELL=bash _FAZHI_COMPLETE_LINE="$line" \
        _FAZHI_COMPLETE_BREAKS="$COMP_WORDBREAKS" command fazhi 2>/dev/null); do
        COMPREPLY+=("${value%%$'\t'*}")
    done
    case "${COMPREPLY[0]}" in *:) compopt -o nospace 2>/dev/null ;; esac
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
        if [[ "$value" == *: ]]; then
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

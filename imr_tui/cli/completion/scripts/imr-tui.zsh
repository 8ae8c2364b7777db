#compdef imr-tui
# Completion of imr-tui for zsh.

_imr_tui() {
    local otherwise
    local -a answer
    answer=("${(@f)$(
        _IMR_TUI_COMPLETE=zsh_complete ${(Q)words[1]} "${(@Q)words[2,CURRENT]}" 2>/dev/null
    )}")
    otherwise=$answer[1]
    shift answer
    if (( $#answer )); then
        _describe -t words 'word' answer
    elif [[ $otherwise == file ]]; then
        compset -P '--*='
        _files
    elif [[ $otherwise == folder ]]; then
        compset -P '--*='
        _files -/
    fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _imr_tui "$@"
else
    compdef _imr_tui imr-tui
fi

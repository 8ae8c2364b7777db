# Completion of imr-tui for bash 4.4 and later.

_imr_tui() {
    local answer
    mapfile -t answer < <(
        _IMR_TUI_COMPLETE=bash_complete "$1" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null
    )
    COMPREPLY=("${answer[@]:1}")
    case ${answer[0]} in
        file) compopt -o default ;;
        folder) compopt -o dirnames ;;
    esac
}

complete -o nosort -F _imr_tui imr-tui

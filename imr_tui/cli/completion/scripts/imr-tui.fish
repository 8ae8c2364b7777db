# Completion of imr-tui for fish.

function __imr_tui_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l word (commandline -ct)
    set -l answer (env _IMR_TUI_COMPLETE=fish_complete $program $words "$word" 2>/dev/null)
    set -l otherwise $answer[1]
    set -e answer[1]
    if test (count $answer) -gt 0
        printf '%s\n' $answer
        return
    end
    set -l option (string match -r -- '^--[^=]+=' "$word")
    set -l begun (string replace -r -- '^--[^=]+=' '' "$word")
    switch "$otherwise"
        case file
            for path in (__fish_complete_path "$begun")
                echo "$option$path"
            end
        case folder
            for path in (__fish_complete_directories "$begun" '')
                echo "$option$path"
            end
    end
end

complete --command imr-tui --no-files --arguments '(__imr_tui_complete)'

"""`imr-tui --restricted [FOLDER]`: only the app, on one folder."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from imr_tui.cli.output import tell
from imr_tui.cli.runtime import hardening
from imr_tui.errors import EXIT_USAGE

OPTION = "--restricted"
_HELP = f"""\
Usage: imr-tui {OPTION} [FOLDER]

  Opens the worklist of FOLDER, or of the folder `cases` in your home directory.

  The owner of this machine restricts imr-tui to the app, so no command is offered.
  It needs a terminal: connect with `ssh -t`. In the app, F1 lists the keys.
"""


def restricted_arguments(arguments: Sequence[str]) -> Sequence[str] | None:
    """The arguments besides the option for restricted mode; None if it is not requested.

    A program name that begins with `-` means a login shell, which also requests it.
    """
    if sys.orig_argv[0].startswith("-") or sys.argv[0].startswith("-imr-tui"):
        return []
    if OPTION in arguments:
        return [word for word in arguments if word != OPTION]
    return None


def log_in(words: Sequence[str], commands: Sequence[str]) -> int:
    """Open the app on the folder in `words`, or on that of the account; returns the exit code.

    The login shell passes variables of the terminal before the folder, such as `TERM=xterm`.
    """
    from imr_tui.cli.runtime.open_app import is_terminal, open_folder
    from imr_tui.store.config.machine_policy import load_host

    words = hardening.take_terminal_variables(words)
    if list(words) == ["--help"]:
        sys.stdout.write(_HELP)
        return 0
    if not is_terminal():
        tell(
            "this account opens the app only, which needs a terminal: connect with `ssh -t`. "
            "No command was run and no file copied."
        )
        return EXIT_USAGE
    if len(words) > 1 or any(word in commands or word.startswith("-") for word in words):
        tell(f"{OPTION} takes the folder of cases, and no command and no option besides.")
        return EXIT_USAGE
    host = replace(load_host(), restricted=True)
    # An unset shell variable passes a blank word, which must not mean the current folder.
    return open_folder(Path(words[0]) if words and words[0] else None, host)

"""Dispatches the arguments of `imr-tui`, a path or a command, and reports every failure."""

import io
import os
import sys
from pathlib import Path

from imr_tui.cli.output import tell
from imr_tui.cli.runtime import hardening, restricted
from imr_tui.cli.runtime.crash_report import where
from imr_tui.errors import EXIT_BUG, EXIT_INTERRUPTED, CannotStore, ImrError

COMMANDS = {
    "open": "open_path:opening",
    "new": "new:new",
    "list": "list_cases:list_cases",
    "check": "check:check",
    "rules": "rules:rules",
    "letter": "letter:letter",
    "import": "import_letters:import_letters",
    "guidelines": "guidelines:guidelines",
    "history": "history:history",
    "doctor": "doctor:doctor",
    "help": "help_topic:help_topic",
    "install-login": "install_login:install_login",
}
"""The module and function of each command; only the requested one is imported."""


def run() -> None:
    """Run the command line; every failure ends with an exit code, never with a traceback."""
    hardening.secure()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _dispatch(sys.argv[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader closed the pipe, and a normal exit would write to it again.
        os._exit(0)
    except OSError as error:
        tell(f"standard output could not be written: {(error.strerror or '').lower()}.")
        os._exit(CannotStore.exit_code)
    if sys.flags.inspect:
        # With -i, sys.exit would start the Python prompt.
        os._exit(code)
    sys.exit(code)


def _dispatch(arguments: list[str]) -> int:
    try:
        if (words := restricted.restricted_arguments(arguments)) is not None:
            return restricted.log_in(words, list(COMMANDS))
        return _open(arguments) if _is_path(arguments) else _command(arguments)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except ImrError as error:
        tell(str(error))
        return error.exit_code
    except OSError as error:
        if error.filename is None:
            raise
        tell(f"{error.filename} cannot be reached: {(error.strerror or '').lower()}.")
        return CannotStore.exit_code
    except Exception as error:
        tell(f"a fault of its own ({where(error)}). Nothing was changed.")
        return EXIT_BUG


def _is_path(arguments: list[str]) -> bool:
    """Whether there is no argument, or only a path."""
    return not arguments or (
        len(arguments) == 1 and arguments[0] not in COMMANDS and not arguments[0].startswith("-")
    )


def _open(arguments: list[str]) -> int:
    """Open the app without importing click, which would slow the start."""
    from imr_tui.cli.paths import require_valid
    from imr_tui.cli.runtime.open_app import open_path

    path = Path(os.fsdecode(arguments[0])) if arguments else None
    if path is not None:
        require_valid(path)
    return open_path(path)


def _command(arguments: list[str]) -> int:
    from imr_tui.cli import commands

    return commands.run_command(arguments)

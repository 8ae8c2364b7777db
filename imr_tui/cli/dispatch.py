"""What `imr-tui` is called with: a path or a command. Every failure ends with a sentence."""

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
    "install-login": "install_login:install_login",
}
"""Each command's module and function; only the one that is asked for is imported."""


def run() -> None:
    """Run the command; every ending has its exit code, and none a traceback."""
    hardening.secure()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _obey(sys.argv[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader has what it wanted. A normal end would write to it again.
        os._exit(0)
    except OSError as error:
        tell(f"standard output could not be written: {(error.strerror or '').lower()}.")
        os._exit(CannotStore.exit_code)
    if sys.flags.inspect:
        # Else Python asked for its own commands next.
        os._exit(code)
    sys.exit(code)


def _obey(arguments: list[str]) -> int:
    try:
        if (words := restricted.folder_asked(arguments)) is not None:
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
    """Whether there is nothing but a path, if that."""
    return not arguments or (
        len(arguments) == 1 and arguments[0] not in COMMANDS and not arguments[0].startswith("-")
    )


def _open(arguments: list[str]) -> int:
    """Open the app without what reads commands, which takes its time to load."""
    from imr_tui.cli.paths import demand_possible
    from imr_tui.cli.runtime.open_app import open_path

    path = Path(os.fsdecode(arguments[0])) if arguments else None
    if path is not None:
        demand_possible(path)
    return open_path(path)


def _command(arguments: list[str]) -> int:
    from imr_tui.cli import commands

    return commands.run_command(arguments)

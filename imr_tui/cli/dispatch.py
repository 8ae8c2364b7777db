"""Dispatches the arguments of `imr-tui`, a path or a command, and reports every failure."""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from imr_tui.cli.output import tell
from imr_tui.cli.runtime import hardening
from imr_tui.cli.runtime.crash_report import where
from imr_tui.errors import EXIT_BUG, EXIT_INTERRUPTED, CannotStore, ImrError

COMMANDS = {
    "open": "commands:opening",
    "new": "commands.new:new",
    "intake": "commands.intake:intake",
    "list": "commands.list_cases:list_cases",
    "check": "commands.check:check",
    "rules": "commands.rules:rules",
    "letter": "commands.letter:letter",
    "cover": "commands.cover:cover",
    "public": "commands.public_copy:public",
    "sign": "commands.sign:sign",
    "verify": "commands.verify:verify",
    "correct": "commands.correct:correct",
    "rereview": "commands.rereview:rereview",
    "seal": "commands.seal:seal",
    "import": "commands.import_letters:import_letters",
    "guidelines": "commands.guidelines:guidelines",
    "phrases": "commands.phrases:phrases",
    "history": "commands.history:history",
    "log": "commands.log:log",
    "stats": "commands.stats:stats",
    "shared": "commands.shared:shared",
    "doctor": "commands.doctor:doctor",
    "help": "commands.help_topic:help_topic",
    "install-login": "commands:install_login",
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
        tell(f"cannot write to standard output: {(error.strerror or '').lower()}.")
        os._exit(CannotStore.exit_code)
    if sys.flags.inspect:
        # With -i, sys.exit would start the Python prompt.
        os._exit(code)
    sys.exit(code)


def _dispatch(arguments: list[str]) -> int:
    try:
        words = restricted_arguments(arguments)
        if words is None and not _is_path(arguments):
            return _command(arguments)
        return _app(arguments, words)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except ImrError as error:
        tell(str(error))
        return error.exit_code
    except OSError as error:
        if error.filename is None:
            raise
        tell(f"cannot open {error.filename}: {(error.strerror or '').lower()}.")
        return CannotStore.exit_code
    except Exception as error:
        tell(f"internal error ({where(error)}). No file was changed.")
        return EXIT_BUG


def _is_path(arguments: list[str]) -> bool:
    """Whether there is no argument, or only a path."""
    return not arguments or (
        len(arguments) == 1 and arguments[0] not in COMMANDS and not arguments[0].startswith("-")
    )


def restricted_arguments(arguments: Sequence[str]) -> Sequence[str] | None:
    """The arguments besides the option for restricted mode; None if it is not requested.

    A program name that begins with `-` means a login shell, which also requests it.
    """
    if sys.orig_argv[0].startswith("-") or sys.argv[0].startswith("-imr-tui"):
        return []
    if hardening.OPTION in arguments:
        return [word for word in arguments if word != hardening.OPTION]
    return None


def _app(arguments: list[str], restricted: Sequence[str] | None) -> int:
    """Open the app."""
    # The terminal layer, which no command needs; click, which this path does not need, is slow.
    from imr_tui.cli.runtime import open_app

    if restricted is not None:
        return open_app.log_in(restricted, list(COMMANDS))
    return open_app.open_path(Path(os.fsdecode(arguments[0])) if arguments else None)


def _command(arguments: list[str]) -> int:
    # click, which the app does not need.
    from imr_tui.cli import commands

    return commands.run_command(arguments)

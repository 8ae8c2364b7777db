"""Dispatches the arguments of `imr-tui`, a path or a command, and reports every failure."""

import io
import os
import sys
from collections.abc import Sequence
from typing import Literal, NamedTuple

from imr_tui.cli.output import tell
from imr_tui.cli.runtime import hardening
from imr_tui.cli.runtime.crash_report import where
from imr_tui.errors import EXIT_BUG, EXIT_INTERRUPTED, CannotStore, ImrError
from imr_tui.services.named_case import folder_at_hand, is_named, path_of

Group = Literal["write", "check", "exchange", "maintain", ""]
"""The section of `imr-tui --help` that lists a command; blank for a command that is not listed."""


class Entry(NamedTuple):
    """A command, in what can be read without loading it."""

    group: Group
    """The section that lists it."""
    where: str
    """Its module in `commands`, blank for the package itself, and its function."""
    says: str
    """What it does: the first line of the help of the command."""


COMMANDS = {
    "open": Entry("", ":opening", "Open the worklist of a folder, or one case."),
    "demo": Entry("write", "demo:demo", "Try the app on a synthetic case."),
    "new": Entry("write", "new:new", "Create a case."),
    "list": Entry("write", "list_cases:list_cases", "List cases with due dates and states."),
    "letter": Entry("write", "letter:letter", "Print the determination letter of a case."),
    "cover": Entry("write", "cover:cover", "Print the covering letter of a decided case."),
    "sign": Entry("write", "sign:sign", "Sign a determination."),
    "correct": Entry("write", "correct:correct", "Correct the printed words of a signed case."),
    "rereview": Entry("write", "rereview:rereview", "Begin an ordered review of a signed case."),
    "guidelines": Entry("write", "guidelines:guidelines", "Search the guidelines."),
    "phrases": Entry("write", "phrases:phrases", "List, import and export phrases."),
    "history": Entry("write", "history:history", "List, compare or restore earlier versions."),
    "check": Entry("check", "check:check", "Check case files and letters."),
    "rules": Entry("check", "rules:rules", "List or explain the rules of the checks."),
    "verify": Entry("check", "verify:verify", "Verify signed determinations."),
    "log": Entry("check", "log:log", "Show who did what, and check the log."),
    "stats": Entry("check", "stats:stats", "Count outcomes and turnaround."),
    "intake": Entry("exchange", "intake:intake", "Take in assignments."),
    "import": Entry("exchange", "import_letters:import_letters", "Import published letters."),
    "public": Entry("exchange", "public_copy:public", "Print the public copy of a letter."),
    "seal": Entry("exchange", "seal:seal", "Seal signed cases for the organization."),
    "shared": Entry("exchange", "shared:shared", "Set up and use the shared store."),
    "doctor": Entry("maintain", "doctor:doctor", "Check the installation and a folder of cases."),
    "settings": Entry("maintain", "settings:settings", "List the settings and their meanings."),
    "completion": Entry("maintain", "completion:completion", "Print a shell's completion script."),
    "help": Entry("maintain", "help_topic:help_topic", "Show a topic of the manual, or list them."),
    "install-login": Entry("maintain", ":install_login", "Install a login shell for reviewers."),
}
"""Every command, in the order in which `--help` lists them; only the requested one is imported."""

GROUPS: dict[Group, tuple[str, str]] = {
    "write": ("Write determinations", "imr-tui letter CM26-0190442 --draft"),
    "check": ("Check them", "imr-tui check CM26-0190442 --concise"),
    "exchange": ("Exchange them with others", "imr-tui intake assignments.csv --dry-run"),
    "maintain": ("Maintain the installation", "imr-tui doctor --folder cases"),
}
"""The title of each section of `--help`, and an example."""

COMPLETE = "_IMR_TUI_COMPLETE"
"""The variable with which a completion script asks for the words that can follow."""


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
        if words is None and COMPLETE in os.environ:
            return _complete(arguments)
        named = [word for word in arguments if word != hardening.PLAIN]
        if words is None and not _opens_app(named):
            return _command(arguments)
        return _app(named, words, is_plain=len(named) < len(arguments))
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


def _opens_app(arguments: list[str]) -> bool:
    """Whether there is no argument, or only what names a folder or a case.

    The option for plain mode is not among them.
    """
    if len(arguments) != 1 or arguments[0] in COMMANDS or arguments[0].startswith("-"):
        return not arguments
    return is_named(arguments[0], folder_at_hand())


def restricted_arguments(arguments: Sequence[str]) -> Sequence[str] | None:
    """The arguments besides the option for restricted mode; None if it is not requested.

    A program name that begins with `-` means a login shell, which also requests it.
    """
    if sys.orig_argv[0].startswith("-") or sys.argv[0].startswith("-imr-tui"):
        return []
    if hardening.OPTION in arguments:
        return [word for word in arguments if word != hardening.OPTION]
    return None


def _app(named: list[str], restricted: Sequence[str] | None, *, is_plain: bool) -> int:
    """Open the app on what is named."""
    # The terminal layer, which no command needs; click, which this path does not need, is slow.
    from imr_tui.cli.runtime import open_app

    if restricted is not None:
        return open_app.log_in(restricted, list(COMMANDS))
    path = path_of(named[0], folder_at_hand()) if named else None
    return open_app.open_path(path, is_plain=is_plain)


def _command(arguments: list[str]) -> int:
    # click, which the app does not need.
    from imr_tui.cli import commands

    return commands.run_command(arguments)


def _complete(arguments: list[str]) -> int:
    # What only completion needs, of which little is loaded.
    from imr_tui.cli import completion

    return completion.answer(os.environ[COMPLETE], arguments)

"""The `imr-tui` command: names its subcommands, and ends every failure with a sentence."""

import importlib
import io
import os
import sys

import click

from imr_tui.cli.faults import where
from imr_tui.cli.speech import tell
from imr_tui.errors import EXIT_BUG, EXIT_INTERRUPTED, CannotStore, ImrError
from imr_tui.text import clean

_COMMANDS = {
    "open": "open_app:open_app",
    "new": "new:new",
    "list": "listing:list_cases",
    "check": "check:check",
    "rules": "rules:rules",
    "letter": "letter:letter",
    "import": "importing:import_letters",
    "guidelines": "guidelines:guidelines",
    "history": "history:history",
    "doctor": "doctor:doctor",
}
"""Each command's module and function; only the one that is asked for is imported."""


class PathOrCommand(click.Group):
    """A group whose first word may also be a path, which opens it in the app."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        asks = args and args[0] in ("--help", "--version")
        if not asks and not (args and args[0] in _COMMANDS):
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(f"imr_tui.cli.{module}"), name)
        return command


@click.group(
    cls=PathOrCommand,
    epilog="Without a command, imr-tui opens the worklist of PATH (default: cases), or one case.",
)
@click.version_option(package_name="imr-tui")
def imr_tui() -> None:
    """Write California Independent Medical Review determinations.

    imr-tui [PATH] opens a folder's worklist or one case.
    """


def main() -> None:
    """Run the command; every ending has its exit code, and none a traceback."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(sys.argv[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader has what it wanted. A normal end would write to it again.
        os._exit(0)
    except OSError as error:
        tell(f"standard output could not be written: {(error.strerror or '').lower()}.")
        os._exit(CannotStore.exit_code)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    try:
        # Not click's own `main`, which ends a broken pipe with 1.
        with imr_tui.make_context("imr-tui", arguments) as context:
            return int(imr_tui.invoke(context) or 0)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        # What was typed is in it.
        click.echo(clean(told.getvalue()), err=True, nl=False)
        return error.exit_code
    except ImrError as error:
        tell(str(error))
        return error.exit_code
    except OSError:
        raise
    except Exception as error:
        tell(f"a fault of its own ({where(error)}). Nothing was changed.")
        return EXIT_BUG

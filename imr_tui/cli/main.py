"""The `imr-tui` command: names its subcommands, and ends every failure with a sentence."""

import importlib
import io
import os
import sys

import click

from imr_tui.cli.speech import tell
from imr_tui.errors import EXIT_BUG, EXIT_USAGE, ImrError

_COMMANDS = {
    "open": "open_app:open_app",
    "new": "new:new",
    "list": "listing:list_cases",
    "check": "check:check",
    "letter": "letter:letter",
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
        code = imr_tui.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = EXIT_USAGE
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except ImrError as error:
        tell(str(error))
        code = error.exit_code
    except BrokenPipeError:
        # The reader has what it wanted; at a normal end Python would write to it again.
        os._exit(0)
    except Exception as error:
        tell(f"a fault of its own ({_where(error)}). Nothing was changed.")
        code = EXIT_BUG
    sys.exit(code)


def _where(error: BaseException) -> str:
    """Type, file and line of a fault; never its words, which may hold case data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = os.path.basename(trace.tb_frame.f_code.co_filename)  # noqa: PTH119
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"

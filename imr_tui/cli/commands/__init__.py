"""The click group, and the commands that a restricted machine has, too."""

import importlib
import io
import sys
from pathlib import Path

import click

from imr_tui.cli.dispatch import COMMANDS
from imr_tui.cli.parameters import NamedPath
from imr_tui.errors import EXIT_INTERRUPTED
from imr_tui.store.config import machine_policy
from imr_tui.store.maintenance import gc_control
from imr_tui.store.safety import login_shell
from imr_tui.text.sanitize import clean

_UNRESTRICTED = ("open", "install-login")
"""Commands available on a machine that is restricted to the app; the second is for root."""
_RESTRICTED = """
The administrator has restricted imr-tui to the app. It opens one folder; other commands
are disabled.
"""


class PathOrCommand(click.Group):
    """A group whose first word may also be a path, which opens it in the app."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        asks = args and args[0] in ("--help", "--version")
        if not asks and not (args and args[0] in COMMANDS):
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_UNRESTRICTED if _is_restricted() else COMMANDS)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_epilog(ctx, formatter)
        if _is_restricted():
            formatter.write(_RESTRICTED)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in _UNRESTRICTED and _is_restricted():
            raise click.UsageError(
                f"The administrator has restricted imr-tui to the app; `{cmd_name}` is disabled."
            )
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(f"imr_tui.cli.{module}"), name)
        if cmd_name != "open":
            # The app does this itself, after its first frame.
            gc_control.settle()
        return command


@click.group(
    cls=PathOrCommand,
    epilog="Without a command, imr-tui opens PATH: a folder of cases (default: cases) or one case.",
)
@click.version_option(package_name="imr-tui")
def imr_tui() -> None:
    """Write California Independent Medical Review determinations.

    To start, run `imr-tui new NUMBER`, then `imr-tui`. In the app, F1 shows the keys.
    """


def _is_restricted() -> bool:
    """Whether the machine's policy restricts it to the app."""
    return machine_policy.load_host().restricted


@click.command("open", hidden=True)
@click.argument("path", type=NamedPath(), required=False)
def opening(path: Path | None) -> int:
    """Open the worklist of a folder, or one case."""
    # The terminal layer, which no other command needs.
    from imr_tui.cli.runtime.open_app import open_path

    return open_path(path)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def install_login(file: Path) -> int:
    """Install a login shell for reviewers.

    Only root can do this. FILE is the path of the shell, such as /usr/local/bin/imr-tui-login.
    The shell starts the app on the folder of the account, and nothing else.
    """
    login_shell.install(file, Path(sys.executable))
    click.echo(file)
    return 0


def run_command(arguments: list[str]) -> int:
    """Run the command that the arguments name; returns its exit code."""
    try:
        # Not click's `main`, which exits with 1 on a broken pipe.
        with imr_tui.make_context("imr-tui", arguments) as context:
            return int(imr_tui.invoke(context) or 0)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.exceptions.Abort:
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        # The message repeats the arguments, which may contain control characters.
        click.echo(clean(told.getvalue()), err=True, nl=False)
        return error.exit_code

"""The click group, and the commands that a restricted machine has, too."""

import difflib
import importlib
import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from imr_tui.cli.dispatch import COMMANDS, GROUPS
from imr_tui.cli.parameters import CasePath, case_folder_option, given_folder
from imr_tui.cli.runtime import hardening
from imr_tui.errors import EXIT_INTERRUPTED
from imr_tui.services.named_case import folder_at_hand, is_named
from imr_tui.store.config import machine_policy
from imr_tui.store.maintenance import gc_control
from imr_tui.store.safety import login_shell
from imr_tui.text.sanitize import clean, clean_line

_UNRESTRICTED = ("open", "install-login")
"""Commands available on a machine that is restricted to the app; the second is for root."""
_OPENING = ("open", "demo")
"""Commands that open the app."""
_GENERAL = ("-h", "--help", "--version")
"""Options that say something about the program, and open nothing."""
_RESTRICTED = """
The administrator has restricted imr-tui to the app. It opens one folder; other commands
are disabled.
"""


class PathOrCommand(click.Group):
    """A group whose first word may also be a path or a case number, which opens it in the app."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_own = bool(args) and (args[0] in COMMANDS or args[0] in _GENERAL)
        if not is_own and (not args or args[0].startswith("-") or _is_named(args[0])):
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS:
            raise click.UsageError(_unknown(args[0], self.list_commands(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_UNRESTRICTED if _is_restricted() else COMMANDS)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, also those with which the app is opened, then the commands."""
        options = (*opening.params, *self.get_params(ctx))
        records = (
            each.get_help_record(ctx) for each in options if each.param_type_name == "option"
        )
        with formatter.section("Options"):
            formatter.write_dl([record for record in records if record is not None])
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = [name for name in self.list_commands(ctx) if COMMANDS[name].group]
        width = max(map(len, names))
        for group, (title, example) in GROUPS.items():
            rows = [
                (name.ljust(width), COMMANDS[name].says)
                for name in names
                if COMMANDS[name].group == group
            ]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
                    if not _is_restricted():
                        formatter.write(f"  Example: {example}\n")

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
        command = load(cmd_name)
        if cmd_name not in _OPENING:
            # The app does this itself, after its first frame.
            gc_control.settle()
        return command


def load(name: str) -> click.Command:
    """Import a command of COMMANDS."""
    module, _, function = COMMANDS[name].where.partition(":")
    found = importlib.import_module(f"{__name__}.{module}" if module else __name__)
    command: click.Command = getattr(found, function)
    return command


@click.group(
    cls=PathOrCommand,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="[PATH | NUMBER | COMMAND [ARGS]...]",
    epilog="Without a command, imr-tui opens PATH, a folder of cases or one case, or the case "
    "NUMBER. The default is the folder cases.",
)
@click.version_option(package_name="imr-tui")
def imr_tui() -> None:
    """Write California Independent Medical Review determinations.

    To start, run `imr-tui new NUMBER`, then `imr-tui`. In the app, F1 shows the keys.
    """


def _is_named(word: str) -> bool:
    return is_named(word, folder_at_hand())


def _unknown(word: str, names: Sequence[str]) -> str:
    """Says that there is no such command, and which one is spelled almost like it."""
    shown = clean_line(word)
    listed = [name for name in names if COMMANDS[name].group]
    if near := difflib.get_close_matches(word, listed, n=1):
        return f"No such command '{shown}'. Did you mean '{near[0]}'?"
    return f"No such command, folder or case '{shown}'. `imr-tui -h` lists the commands."


def _is_restricted() -> bool:
    """Whether the machine's policy restricts it to the app."""
    return machine_policy.load_host().restricted


@click.command("open", hidden=True, epilog="Example: imr-tui CM26-0190442")
@click.argument("path", type=CasePath(), required=False)
@click.option(
    hardening.PLAIN,
    "is_plain",
    is_flag=True,
    help="Work line by line, for screen readers and terminals without a cursor.",
)
@case_folder_option
def opening(path: Path | None, is_plain: bool) -> int:
    """Open the worklist of a folder, or one case.

    PATH is a folder of cases, a case file, or the number of a case.
    """
    # The terminal layer, which no other command needs.
    from imr_tui.cli.runtime.open_app import open_path

    return open_path(path or given_folder(), is_plain=is_plain)


@click.command(epilog="Example: imr-tui install-login /usr/local/bin/imr-tui-login")
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

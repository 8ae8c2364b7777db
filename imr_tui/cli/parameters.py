"""Parameters of commands: paths, cases, the folder of cases, and dates."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from imr_tui.services.named_case import folder_at_hand, path_of
from imr_tui.services.open_case import require_valid
from imr_tui.store.worklist.selection import read_day
from imr_tui.text.user_input import read_date

_Function = TypeVar("_Function", bound=Callable[..., Any])

_SIGNS = ("<", ">", ":", "=")
"""What a comparison of due dates begins with."""
_FOLDER = "imr_tui.folder"
"""Under which name a context holds the folder that --folder named."""


class NamedPath(click.Path):
    """A path that is valid for the system, whether it exists or not."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        require_valid(path)
        return path


class FolderPath(NamedPath):
    """The path of a folder, whether it exists or not."""


class CasePath(NamedPath):
    """A case: the path of its file, or its number in the folder of cases.

    An existing path is never taken as a number. Raises CannotStore if the folder has no such case,
    unless it `may_be_gone`.
    """

    def __init__(self, *, may_be_gone: bool = False) -> None:
        super().__init__()
        self._may_be_gone = may_be_gone

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = super().convert(value, param, ctx)
        return path_of(str(path), named_folder(), may_be_gone=self._may_be_gone)


class Day(click.ParamType[Any]):
    """A date as people write it; see `read_date`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return read_date(value, today()) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


class DueTest(click.ParamType[Any]):
    """A comparison with the due date, as in the filter of the worklist: `<12/15`, or only a day.

    Its value is the word of that filter, such as `due<2026-12-15`.
    """

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        typed = str(value).strip()
        sign = typed[0] if typed[:1] in _SIGNS else ""
        day = read_day(typed.removeprefix(sign).strip().casefold(), today())
        if day is None:
            self.fail(
                f"{typed!r} is not a date. Try today, 12/15, <12/15 or >12/15/26.", param, ctx
            )
        return f"due{sign or ':'}{day}"


class RuleName(click.ParamType[Any]):
    """The id of a rule, the beginning of ids, or a slug; several are separated by commas."""

    name = "rule"


class Topic(click.ParamType[Any]):
    """The name of a topic of the manual."""

    name = "topic"


STANDARD_OUTPUT = Path("-")
"""What stands for standard output instead of a file."""

output_option = click.option(
    "-o",
    "--output",
    type=NamedPath(),
    help="Write to this file, replacing it. Links are refused. - is standard output.",
)
"""The option for the file that a command writes."""
template_option = click.option(
    "--template", type=FolderPath(), help="Use the template in this folder."
)
"""The option for a folder with a template."""
width_option = click.option(
    "--width", type=click.IntRange(60, 200), help="Wrap lines at this column (default: 95)."
)
"""The option for the width of a letter."""


def given_folder() -> Path | None:
    """The folder that --folder names, or None."""
    folder: Path | None = click.get_current_context().meta.get(_FOLDER)
    return folder


def named_folder() -> Path:
    """The folder that --folder names, or else the one at hand."""
    return given_folder() or folder_at_hand()


def one_folder(named: Path | None) -> Path:
    """The folder of an argument, or that of --folder; raises a usage error if both are given."""
    if named is not None and given_folder() is not None:
        raise click.UsageError("Name the folder once: as an argument, or with --folder.")
    return named or named_folder()


def _keep_folder(context: click.Context, _: click.Parameter, folder: Path | None) -> Path:
    if folder is not None:
        context.meta[_FOLDER] = folder
    return named_folder()


def folder_option_as(*names: str, is_passed: bool = True) -> Callable[[_Function], _Function]:
    """The option --folder, also under other names; the command gets the folder if it is passed."""
    # Eager, because the numbers of cases are looked up in the folder.
    return click.option(
        *("--folder", *names, "folder" if is_passed else "_folder"),
        type=FolderPath(),
        metavar="DIR",
        is_eager=True,
        expose_value=is_passed,
        callback=_keep_folder,
        help="Folder of cases (default: cases).",
    )


folder_option = folder_option_as()
"""The option for the folder of cases; the command gets it as `folder`."""
case_folder_option = folder_option_as(is_passed=False)
"""The option for the folder in which case numbers are looked up."""


def in_folder(command: _Function) -> _Function:
    """Give a command its `folder`: DIR as the last argument, or --folder, or the one at hand."""
    return _folder_argument("[DIR]", one_folder)(case_folder_option(command))


def in_named_folder(command: _Function) -> _Function:
    """Give a command its `folder`: DIR as the last argument, or --folder; one has to be given."""
    return _folder_argument("DIR", _required_folder)(case_folder_option(command))


def _required_folder(named: Path | None) -> Path:
    if named is None and given_folder() is None:
        raise click.UsageError("Name the folder, as an argument or with --folder.")
    return one_folder(named)


def _folder_argument(
    metavar: str, choose: Callable[[Path | None], Path]
) -> Callable[[_Function], _Function]:
    return click.argument(
        "folder",
        type=FolderPath(),
        metavar=metavar,
        required=False,
        callback=lambda context, parameter, named: choose(named),
    )


def today() -> date:
    """The day at the place of the reviewer."""
    return datetime.now(UTC).astimezone().date()

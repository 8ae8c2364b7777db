"""Parameters of commands: paths, the default folder of cases, and dates."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from imr_tui.services.open_case import DEFAULT_FOLDER as DEFAULT_FOLDER, require_valid
from imr_tui.text.user_input import read_date


class NamedPath(click.Path):
    """A path that is valid for the system, whether it exists or not."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        require_valid(path)
        return path


class Day(click.ParamType[Any]):
    """A date as people write it; see `read_date`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return read_date(value, today()) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


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
    "--template", type=NamedPath(), help="Use the template in this folder."
)
"""The option for a folder with a template."""
width_option = click.option(
    "--width", type=click.IntRange(60, 200), help="Wrap lines at this column (default: 95)."
)
"""The option for the width of a letter."""


def today() -> date:
    """The day at the place of the reviewer."""
    return datetime.now(UTC).astimezone().date()

"""The path that a command takes."""

import os
from pathlib import Path
from typing import Any

import click

from imr_tui.cli.paths import demand_possible


class NamedPath(click.Path):
    """A path that the system can look for, whatever there is."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        demand_possible(path)
        return path

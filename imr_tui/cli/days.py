"""Dates on the command line."""

from typing import Any

import click

from imr_tui.typed import read_date


class Day(click.ParamType[Any]):
    """A date as 2014-11-05 or 11/5/2014."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return read_date(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(f"{value!r} is not {error}.", param, ctx)

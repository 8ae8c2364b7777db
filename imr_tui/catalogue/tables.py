"""Reads the data files of the catalogue."""

from functools import cache
from importlib.resources import files
from typing import Any

import tomli


@cache
def table(name: str) -> dict[str, Any]:
    """Parse the data file `name`; callers share the result and must not change it.

    Raises on errors, because the file is part of the package.
    """
    data_file = files("imr_tui.catalogue").joinpath("data", f"{name}.toml")
    return tomli.loads(data_file.read_text(encoding="utf-8"))

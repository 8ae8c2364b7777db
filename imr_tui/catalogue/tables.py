"""Reads the data files of the catalogue."""

from importlib.resources import files
from typing import Any

import tomli


def table(name: str) -> dict[str, Any]:
    """Parse the data file `name`; raises on errors, because the file is part of the package."""
    data_file = files("imr_tui.catalogue").joinpath("data", f"{name}.toml")
    return tomli.loads(data_file.read_text(encoding="utf-8"))

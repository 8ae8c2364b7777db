"""Reads the catalogue's own data files."""

from importlib.resources import files
from typing import Any

import tomli


def table(name: str) -> dict[str, Any]:
    """The data file `name`, parsed; a fault in it is a fault of this package, so it may raise."""
    data_file = files("imr_tui.catalogue").joinpath("data", f"{name}.toml")
    return tomli.loads(data_file.read_text(encoding="utf-8"))

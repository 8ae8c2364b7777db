"""Reads the catalogue's own data files."""

import tomllib
from importlib.resources import files
from typing import Any


def table(name: str) -> dict[str, Any]:
    """The data file `name`, parsed; a fault in it is a fault of this package, so it may raise."""
    data_file = files("imr_tui.catalogue").joinpath("data", f"{name}.toml")
    return tomllib.loads(data_file.read_text(encoding="utf-8"))

"""Parses the tables of words beside the modules that use them."""

from functools import cache
from importlib.resources import files
from typing import Any

import tomli


@cache
def table(name: str) -> dict[str, Any]:
    """Parse the table `name`, such as "body/regions".

    Callers share the result and must not change it. Raises on errors, because the file is part of
    the package.
    """
    text = files("imr_tui.reading").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomli.loads(text)

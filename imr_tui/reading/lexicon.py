"""Words by what they name, from the tables beside this module."""

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import tomli


def table(name: str) -> dict[str, Any]:
    """The table `name`, parsed; a fault in it is a fault of this package, so it may raise."""
    return tomli.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


class Lexicon:
    """Finds names in lower case text; where the words of several fit, the first name has them."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        listed = tuple(rows)
        self._names: tuple[str, ...] = tuple(row["name"] for row in listed)
        words = "|".join(f"({'|'.join(row['words'])})" for row in listed)
        self._pattern = re.compile(rf"(?<![\w-])(?:{words})(?!\w)".replace(" ", r"\s+"))

    def find(self, text: str) -> Iterable[tuple[str, re.Match[str]]]:
        """Each name that `text` has words of, with the words, in their order."""
        for match in self._pattern.finditer(text):
            yield self._names[(match.lastindex or 1) - 1], match

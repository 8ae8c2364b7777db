"""On which line of a TOML text a key stands."""

import re
from collections.abc import Mapping

from imr_tui.store.bare import bare

Location = tuple[str | int, ...]
"""A path into the data: `("items", 1, "rationale")`."""

_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]\]?\s*")
_KEY = re.compile(r"""\s*(["']?)([\w-]+)\1\s*=""")


def lines_of(text: str) -> dict[Location, int]:
    """The line, from 1, of every table header and key of `text`.

    Reads lines, not TOML: it knows headers, keys and strings, which is enough to point at what
    the real parser or the model has refused.
    """
    lines: dict[Location, int] = {}
    table: Location = ()
    for number, line in enumerate(bare(text).split("\n"), 1):
        if header := _HEADER.fullmatch(line):
            table = _entered(lines, header[2], is_list=bool(header[1]))
            lines.setdefault(table, number)
            if header[1]:
                lines.setdefault(table[:-1], number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[2]), number)
    return lines


def nearest_line(lines: Mapping[Location, int], location: Location) -> int | None:
    """The line of `location`, or of the innermost table around it that has one."""
    for end in range(len(location), 0, -1):
        if location[:end] in lines:
            return lines[location[:end]]
    return None


def _entered(lines: Mapping[Location, int], name: str, *, is_list: bool) -> Location:
    table: Location = ()
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    for depth, part in enumerate(parts, 1):
        table = (*table, part)
        count = _count(lines, table)
        if depth == len(parts):
            return (*table, count) if is_list else table
        table = (*table, count - 1) if count else table
    return table


def _count(lines: Mapping[Location, int], table: Location) -> int:
    count = 0
    while (*table, count) in lines:
        count += 1
    return count

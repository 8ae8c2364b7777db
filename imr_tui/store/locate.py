"""On which line of a TOML text a key stands."""

import re
from collections.abc import Mapping

Location = tuple[str | int, ...]
"""A path into the data: `("items", 1, "rationale")`."""

_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]\]?\s*")
_KEY = re.compile(r"""\s*(["']?)([\w-]+)\1\s*=""")
_OPAQUE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*",
    re.DOTALL,
)
"""Strings and comments."""
_GOES_ON = re.compile(r"\s*[.=\]]")
"""What follows a quoted key, in a line or in a header."""


def lines_of(text: str) -> dict[Location, int]:
    """The line, from 1, of every table header and key of `text`.

    Reads lines, not TOML: it knows headers, keys and strings, which is enough to point at what
    the real parser or the model has refused.
    """
    lines: dict[Location, int] = {}
    table: Location = ()
    for number, line in enumerate(bare_lines(text), 1):
        if header := _HEADER.fullmatch(line):
            table = _entered(lines, header[2], is_list=bool(header[1]))
            lines.setdefault(table, number)
            if header[1]:
                lines.setdefault(table[:-1], number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[2]), number)
    return lines


def bare_lines(text: str) -> list[str]:
    """The lines of `text` without what stands in strings and comments, but for quoted keys."""
    return _OPAQUE.sub(_blanked, text).split("\n")


def nearest_line(lines: Mapping[Location, int], location: Location) -> int | None:
    """The line of `location`, or of the innermost table around it that has one."""
    for end in range(len(location), 0, -1):
        if location[:end] in lines:
            return lines[location[:end]]
    return None


def _blanked(match: re.Match[str]) -> str:
    """Nothing but the line ends of what was matched, unless it is a quoted key."""
    is_line = match[0][0] in "\"'" and "\n" not in match[0]
    if is_line and _GOES_ON.match(match.string, match.end()):
        return match[0]
    return "\n" * match[0].count("\n")


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

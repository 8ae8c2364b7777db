"""Finds keys in TOML text: which parts are strings or comments, and the line of a key."""

import re
from collections.abc import Mapping

_OPENS = re.compile(r"\"\"\"|'''|[\"'#]")
_INSIDE = {
    '"""': re.compile(r'(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?', re.DOTALL),
    "'''": re.compile(r"(?:[^']++|'(?!''))*+(?:'{3,5})?"),
    '"': re.compile(r'(?:[^"\\\n]++|\\.)*+"?'),
    "'": re.compile(r"[^'\n]*+'?"),
    "#": re.compile(r"[^\n]*+"),
}
"""What follows each opening mark, up to its end or to that of the text."""
_GOES_ON = re.compile(r"\s*[.=\]]")
"""What follows a quoted key, in a line or in a header."""


def bare(text: str) -> str:
    """`text` with its lines as they are, but nothing in strings and comments save quoted keys."""
    kept: list[str] = []
    at = 0
    while opening := _OPENS.search(text, at):
        inside = _INSIDE[opening[0]].match(text, opening.end())
        end = inside.end() if inside else len(text)
        kept += (text[at : opening.start()], _left(text, opening, end))
        at = end
    return "".join((*kept, text[at:]))


def _left(text: str, opening: re.Match[str], end: int) -> str:
    """What is left of a string or comment: its line ends, or all of it if it is a key."""
    if opening[0] in ("'", '"') and _GOES_ON.match(text, end):
        return text[opening.start() : end]
    return "\n" * text.count("\n", opening.start(), end)


_QUOTED = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?'
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)


def without_strings(text: str) -> str:
    """`text` without strings and comments: many times faster than `bare`, with fewer lines."""
    return _QUOTED.sub("", text)


Location = tuple[str | int, ...]
"""A path into the data: `("items", 1, "rationale")`."""

_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]\]?\s*")
_PART = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")


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
            parts = [part.strip("\"'") for part in re.findall(_PART, key[1])]
            lines.setdefault((*table, *parts), number)
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

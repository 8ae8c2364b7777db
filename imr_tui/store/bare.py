"""The text of a TOML file without what stands in its strings and comments.

Enough to see where keys and headers are, and whether there are more of them than a case can
have, before the real parser spends hours on them. Takes time in proportion to the text.
"""

import re

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

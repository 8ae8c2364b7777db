"""Wraps text, and joins it on a line or in a list."""

import re
import textwrap
from collections.abc import Iterator, Sequence

LETTER_WIDTH = 95
"""Columns at which the published letters wrap."""
NARROWEST = 60
"""The fewest columns at which a letter may wrap."""


def one_line(text: str) -> str:
    """`text` on one line, with every run of white space replaced by one space."""
    return " ".join(text.split())


def words_at(text: str, span: tuple[int, int]) -> str:
    """The words of `text` between two offsets, in one line, as messages quote them."""
    return one_line(text[slice(*span)])


def paragraphs(text: str) -> str:
    """Collapse white space inside lines, and runs of blank lines to a single one."""
    lines = [one_line(line) for line in text.strip().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


_IRREGULAR_SPACE = re.compile(r"^ |  |[^\S ]")
"""White space that the fast path of `wrap` does not handle."""


def wrap(text: str, width: int = LETTER_WIDTH) -> str:
    """Wrap lines longer than `width` columns, at spaces only.

    A longer word stays whole, because no word of a letter may be changed.
    """
    broken = (_wrap_line(line, width) for line in text.split("\n"))
    return "\n".join(broken)


def _wrap_line(line: str, width: int) -> str:
    if len(line.expandtabs()) <= width:
        return line.rstrip()
    if _IRREGULAR_SPACE.search(line):
        return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(_wrap_words(line.rstrip(), width))


def _wrap_words(line: str, width: int) -> Iterator[str]:
    """Wrap single-spaced words as `textwrap` does, ten times faster."""
    start = 0
    while len(line) - start > width:
        cut = line.rfind(" ", start, start + width + 1)
        cut = line.find(" ", start) if cut < 0 else cut
        if cut < 0:
            break
        yield line[start:cut]
        start = cut + 1
    yield line[start:]


def count_words(text: str) -> int:
    """Number of words, counted as a word processor does: runs between white space."""
    return len(text.split())


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Join `parts` for a sentence: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"

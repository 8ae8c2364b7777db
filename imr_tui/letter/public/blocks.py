"""Divides a wrapped letter into blocks, and says what is searched in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.text.layout import NARROWEST

BlockKind = Literal["fixed", "names only", "prose"]
"""A fixed block is not searched. The header and the guidelines are searched for names only,
because they print other numbers and names of authors."""

_HEADINGS = (DIALECT.how, DIALECT.summary, DIALECT.issues)
_GUIDELINE = re.compile(rf"[A-Z][^\n]{{0,60}}{re.escape(DIALECT.reviewer.format(label=''))}")
"""The label of the reviewer's guideline line, which has the organization's own name."""
SOFT_BREAK = "\x0b"
"""Stands for a line end that wrapping has made; one character, so that offsets stay."""


class Block(NamedTuple):
    """Adjacent lines of a letter that belong together."""

    line: int
    """The number of its first line, from 1."""
    lines: tuple[str, ...]
    """Its lines, none of which is blank."""
    kind: BlockKind
    """What is searched in it."""

    def joined(self, width: int) -> str:
        """Its text, in which each line end that wrapping has made is a SOFT_BREAK.

        Wrapping ends a line if the next word would not fit into `width` columns.
        """
        parts = [self.lines[0]]
        for above, below in pairwise(self.lines):
            first = below.split(" ", 1)[0]
            is_wrapped = len(above) + 1 + len(first) > width
            parts += SOFT_BREAK if is_wrapped else "\n", below
        return "".join(parts)


def width_of(lines: Sequence[str]) -> int:
    """The columns at which the lines of a letter wrap: those of the longest with two words."""
    return max((NARROWEST, *(len(line) for line in lines if " " in line.strip())))


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Divide the lines of a letter into blocks, which are between blank lines and labels."""
    has_heading = any(line.strip() == DIALECT.how for line in lines)
    kind: BlockKind = "names only" if has_heading else "prose"
    above = ""
    for number, part in _divided(lines):
        first = part[0].strip()
        searched = _kind_of(first, above, kind)
        if first in _HEADINGS:
            kind = "fixed" if first == DIALECT.how else "prose"
        yield Block(number, tuple(part), searched)
        above = first


def _kind_of(first: str, above: str, section: BlockKind) -> BlockKind:
    """The kind of the block that begins with `first`, after the one that begins with `above`."""
    if first in _HEADINGS:
        return "fixed"
    if first.startswith(DIALECT.administrator):
        return "names only"
    if above.startswith(DIALECT.administrator) and _GUIDELINE.match(first):
        return "names only"
    return section


def _divided(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The number of the first line, and the lines, of each block."""
    start, part = 0, list[str]()
    for number, line in enumerate(lines, 1):
        is_end = not line.strip() or _begins(line) or (part and part[0].strip() in _HEADINGS)
        if part and is_end:
            yield start, part
            part = []
        if line.strip():
            start = start if part else number
            part.append(line)
    if part:
        yield start, part


def _begins(line: str) -> bool:
    """Whether a line begins a block although no blank line is above it."""
    is_label = line.startswith((DIALECT.administrator, DIALECT.rationale))
    return is_label or line.strip() in _HEADINGS

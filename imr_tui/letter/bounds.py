"""How much one letter may take: a template with a fault ends with a sentence, not with the disk."""

from collections.abc import Iterable

from jinja2 import TemplateRuntimeError

MAX_PARTS = 100
"""Templates that a letter is put together from, counted each time."""
MAX_TURNS = 200_000
"""Turns of all loops."""
MAX_LENGTH = 20_000_000
"""Characters before wrapping."""


class Bounds:
    """What is left while one letter is rendered."""

    def __init__(self) -> None:
        self._parts = self._turns = 0

    def part(self) -> None:
        """Take one more template; raises TemplateRuntimeError."""
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise TemplateRuntimeError(f"it includes more than {MAX_PARTS} parts, or itself")

    def turn(self) -> None:
        """Take one more turn of a loop; raises TemplateRuntimeError."""
        self._turns += 1
        if self._turns > MAX_TURNS:
            raise TemplateRuntimeError(f"its loops turn more than {MAX_TURNS:,} times")


def joined(pieces: Iterable[str]) -> str:
    """The pieces of a letter as one text; raises TemplateRuntimeError where it is too long."""
    kept, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_LENGTH:
            raise TemplateRuntimeError(f"the letter is longer than {MAX_LENGTH:,} characters")
        kept.append(piece)
    return "".join(kept)

"""How much one letter may take: a template with a fault ends with a sentence, and soon."""

from collections.abc import Callable, Generator
from contextvars import ContextVar
from math import inf
from time import monotonic

from jinja2 import TemplateRuntimeError

MAX_SECONDS = 5.0
"""How long a site's own template may take for one letter; the shipped one takes a millisecond."""
MAX_PARTS = 100
"""Templates that a letter is put together from, counted each time."""
MAX_TURNS = 200_000
"""Turns of all loops."""
MAX_MADE = 100_000_000
"""Characters of all texts that are made of others; a case has 16 million at most."""
MAX_LENGTH = 20_000_000
"""Characters before wrapping."""
MAX_ROW = 1_100_000
"""Characters of one line of a site's own template before wrapping; a text has a million."""


class Stopped(TemplateRuntimeError):
    """Nobody waits for the letter any more."""


class Bounds:
    """What is left while one letter is rendered.

    Every operation of a template that takes longer for a longer text is checked before it begins,
    so between two checks lies one such operation at most.
    """

    def __init__(self, *, is_timed: bool, is_stopped: Callable[[], bool]) -> None:
        self._parts = self._turns = self._made = 0
        self._is_timed = is_timed
        self._deadline = monotonic() + MAX_SECONDS if is_timed else inf
        self._is_stopped = is_stopped

    def check(self, made: int = 0) -> None:
        """Make so many more characters; raises TemplateRuntimeError if time or room is used up."""
        self._made += made
        if self._made > MAX_MADE:
            raise TemplateRuntimeError(f"it makes more than {MAX_MADE:,} characters of text")
        if self._is_stopped():
            raise Stopped("it was stopped")
        if monotonic() > self._deadline:
            raise TemplateRuntimeError(f"it takes longer than {MAX_SECONDS:g} seconds")

    def part(self) -> None:
        """Take one more template; raises TemplateRuntimeError."""
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise TemplateRuntimeError(f"it includes more than {MAX_PARTS} parts, or itself")
        self.check()

    def turn(self) -> None:
        """Take one more turn of a loop; raises TemplateRuntimeError."""
        self._turns += 1
        if self._turns > MAX_TURNS:
            raise TemplateRuntimeError(f"its loops turn more than {MAX_TURNS:,} times")
        self.check()

    def row(self, line: str) -> None:
        """Take a line of the letter; raises TemplateRuntimeError."""
        if self._is_timed and len(line) > MAX_ROW:
            raise TemplateRuntimeError(f"it makes a line longer than {MAX_ROW:,} characters")
        self.check()


bounds: ContextVar[Bounds] = ContextVar("bounds")
"""What the letter that is rendered now has left."""


def joined(pieces: Generator[str, None, None]) -> str:
    """The pieces of a letter as one text; raises TemplateRuntimeError where it is too long."""
    kept, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_LENGTH:
            # Inside the template, so that its line is known.
            pieces.throw(TemplateRuntimeError(f"the letter has over {MAX_LENGTH:,} characters"))
        kept.append(piece)
    return "".join(kept)

"""Limits for rendering a letter, so that a faulty template soon ends with an error message."""

from collections.abc import Callable, Generator
from contextvars import ContextVar
from math import inf
from time import monotonic

from jinja2 import TemplateRuntimeError

MAX_SECONDS = 5.0
"""Maximum seconds for a site's template to render a letter; the shipped one takes a millisecond."""
MAX_TEMPLATES = 100
"""Maximum number of included templates, counting repetitions."""
MAX_ITERATIONS = 200_000
"""Maximum iterations of all loops together."""
MAX_DERIVED = 100_000_000
"""Maximum characters of all derived texts; a case has at most 16 million."""
MAX_LENGTH = 20_000_000
"""Maximum characters of the letter before wrapping."""
MAX_LINE_LENGTH = 1_100_000
"""Maximum characters of a line from a site's template before wrapping; a text has a million."""


class Stopped(TemplateRuntimeError):
    """The letter is no longer needed."""


class Limits:
    """The resources left for rendering one letter.

    Every operation whose time depends on the length of a text is checked before it starts, so at
    most one such operation runs between two checks.
    """

    def __init__(self, *, is_timed: bool, is_stopped: Callable[[], bool]) -> None:
        self._templates = self._iterations = self._derived = 0
        self._is_timed = is_timed
        self._deadline = monotonic() + MAX_SECONDS if is_timed else inf
        self._is_stopped = is_stopped

    def check(self, made: int = 0) -> None:
        """Account for `made` new characters; raises TemplateRuntimeError if a limit is reached."""
        self._derived += made
        if self._derived > MAX_DERIVED:
            raise TemplateRuntimeError(f"it makes more than {MAX_DERIVED:,} characters of text")
        if self._is_stopped():
            raise Stopped("it was stopped")
        if monotonic() > self._deadline:
            raise TemplateRuntimeError(f"it takes longer than {MAX_SECONDS:g} seconds")

    def count_template(self) -> None:
        """Account for one included template; raises TemplateRuntimeError."""
        self._templates += 1
        if self._templates > MAX_TEMPLATES:
            raise TemplateRuntimeError(f"it includes more than {MAX_TEMPLATES} parts, or itself")
        self.check()

    def count_iteration(self) -> None:
        """Account for one loop iteration; raises TemplateRuntimeError."""
        self._iterations += 1
        if self._iterations > MAX_ITERATIONS:
            raise TemplateRuntimeError(f"its loops run more than {MAX_ITERATIONS:,} times")
        self.check()

    def check_line(self, line: str) -> None:
        """Check the length of a line; raises TemplateRuntimeError."""
        if self._is_timed and len(line) > MAX_LINE_LENGTH:
            raise TemplateRuntimeError(
                f"it makes a line longer than {MAX_LINE_LENGTH:,} characters"
            )
        self.check()


limits: ContextVar[Limits] = ContextVar("bounds")
"""Limits of the letter that is being rendered."""


def join_pieces(pieces: Generator[str, None, None]) -> str:
    """Join the pieces of a letter; raises TemplateRuntimeError if the letter is too long."""
    kept, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_LENGTH:
            # Raised inside the template, so that the error has a line number.
            pieces.throw(TemplateRuntimeError(f"the letter has over {MAX_LENGTH:,} characters"))
        kept.append(piece)
    return "".join(kept)

"""The line on a terminal that says which page of a PDF is being read."""

from __future__ import annotations

import shutil
import sys
import time
from typing import Self

from imr_tui.text import clean_line

_PATIENCE_SECONDS = 0.5
"""A document that is read sooner needs no line."""


class PageLine:
    """Shows how far a slow document is read; it leaves nothing behind, and needs a terminal."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._since = 0.0
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._put("")

    def __call__(self, where: str, done: int, count: int) -> None:
        """Show that so many pages are done."""
        if done == 0:
            self._since = time.monotonic()
        if count == 0:
            self._put("")
        elif time.monotonic() - self._since > _PATIENCE_SECONDS:
            self._put(f"{clean_line(where)}: page {done + 1} of {count}")

    def _put(self, text: str) -> None:
        """Show a text in the place of the last one, the end of it where it is too long."""
        if not self._is_shown or not (text or self._length):
            return
        shown = text[-(shutil.get_terminal_size().columns - 1) :]
        line = f"\r{shown.ljust(self._length)}" + ("" if shown else "\r")
        # First, so that an interrupt in the middle of this leaves nothing behind.
        self._length = max(len(shown), self._length) if shown else 0
        sys.stderr.write(line)
        sys.stderr.flush()

"""Output of commands: data on stdout; messages and progress on stderr; no control characters."""

import shutil
import sys
import time
from typing import Self

from imr_tui.text.sanitize import clean, clean_line

_PATIENCE_SECONDS = 0.5
"""How long a document is read before its progress is shown."""


def say(text: str) -> None:
    """Print data, with a newline."""
    _echo(clean(text))


def terminal_width() -> int | None:
    """The columns of standard output if that is a terminal, else None."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def tell(*sentences: str) -> None:
    """Print messages for the user, one line each."""
    for sentence in sentences:
        _echo(f"imr-tui: {clean(sentence)}".replace("\t", " "), err=True)


def _echo(line: str, *, err: bool = False) -> None:
    # The app starts without click.
    import click

    click.echo(line, err=err)


def require_pipe(option: str, *, is_other: bool = False) -> None:
    """Raise a usage error unless a file may go to standard output, where nothing else may go.

    `option` asks for it; `is_other` is set if another option uses standard output, too.
    """
    import click

    if is_other:
        raise click.UsageError(f"Standard output takes either the letter or the file of {option}.")
    if sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError(f"{option} writes a file that no terminal can show. Use a pipe.")


class PageLine:
    """Shows the page of a slow document on a terminal, and erases it afterwards."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._since = 0.0
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._put("")

    def __call__(self, where: str, done: int, count: int) -> None:
        """Show that `done` of `count` pages are read."""
        if done == 0:
            self._since = time.monotonic()
        if count == 0:
            self._put("")
        elif time.monotonic() - self._since > _PATIENCE_SECONDS:
            self._put(f"{clean_line(where)}: page {done + 1} of {count}")

    def _put(self, text: str) -> None:
        """Show a text over the last one; of a long text, only the end."""
        if not self._is_shown or not (text or self._length):
            return
        shown = text[-(shutil.get_terminal_size().columns - 1) :]
        line = f"\r{shown.ljust(self._length)}" + ("" if shown else "\r")
        # Set first, so that an interrupt during the write leaves nothing behind.
        self._length = max(len(shown), self._length) if shown else 0
        sys.stderr.write(line)
        sys.stderr.flush()

"""Shows long output on a terminal page by page, with less."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

from imr_tui.cli.output import say
from imr_tui.store.safety.programs import is_safe
from imr_tui.text.sanitize import clean

PROGRAMS = (Path("/usr/bin/less"), Path("/bin/less"), Path("/usr/local/bin/less"))
"""Where less is looked for; nowhere else, and never by PATH or PAGER."""
_OPTIONS = ("-F", "-X", "-K")
"""Quit if all fits on the screen, leave the text in the scrollback, and quit on ^C."""
_SECURE = {"LESSSECURE": "1", "LESSHISTFILE": "-"}
"""less starts no program, writes no file, and remembers no search."""
_PASSED = ("TERM", "LANG", "LC_ALL", "LC_CTYPE")
"""The variables that less gets."""
_PLAIN = ("", "dumb")
"""Values of TERM for terminals without pages."""


def show(text: str) -> None:
    """Print data with a newline; on a terminal, page by page if it is longer than the screen."""
    if not _page(f"{clean(text)}\n"):
        say(text)


def show_exactly(data: str | bytes) -> None:
    """Like `show`, but the data goes unchanged to a file or pipe."""
    # Commands have click; the app starts without it.
    import click

    text = data if isinstance(data, str) else data.decode("utf-8", "backslashreplace")
    if not _page(text):
        click.echo(data, nl=False)


def _page(text: str) -> bool:
    """Show text in less, if that makes sense; returns whether it was shown."""
    if not _is_interactive() or not _is_long(text):
        return False
    program = next(filter(is_safe, PROGRAMS), None)
    if program is None:
        return False
    # Slow to load, and only needed here.
    import subprocess

    sys.stdout.flush()
    try:
        process = subprocess.Popen(
            [str(program), *_OPTIONS], stdin=subprocess.PIPE, env=_environment()
        )
    except OSError:
        return False
    # less answers ^C; without this, the command would end below it.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # The reader may quit before the end.
        with suppress(BrokenPipeError):
            process.communicate(text.encode(sys.stdout.encoding, "backslashreplace"))
    finally:
        process.wait()
        signal.signal(signal.SIGINT, before)
    return True


def _is_interactive() -> bool:
    streams = (sys.stdin, sys.stdout)
    is_terminal = all(stream is not None and stream.isatty() for stream in streams)
    return is_terminal and os.environ.get("TERM", "") not in _PLAIN


def _is_long(text: str) -> bool:
    """Whether a text has more lines than the terminal."""
    columns, height = shutil.get_terminal_size()
    rows = sum(max(1, -(-len(line) // max(columns, 1))) for line in text.splitlines())
    return rows >= height


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    return passed | _SECURE

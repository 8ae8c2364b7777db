"""Running `imr-tui` inside the test's own process."""

import re
from collections.abc import Callable
from typing import NamedTuple


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]
"""Runs a command with its arguments, and `stdin` as its standard input."""


def assert_refused(done: Done, code: int, says: str) -> None:
    """The command ended with `code` and one sentence, and gave no data."""
    assert done.code == code, done.err
    assert done.out == ""
    assert re.search(says, done.err), done.err
    assert done.err.endswith("\n")

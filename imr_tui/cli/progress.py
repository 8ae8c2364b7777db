"""Shows how far a command has come with several files."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

_T = TypeVar("_T")


def with_progress(each: Iterable[_T], count: int, label: str) -> Iterator[_T]:
    """Pass on `count` values, with a progress bar if there are several and stderr is a terminal."""
    if count < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield from each
        return
    with click.progressbar(each, count, label=label, file=sys.stderr) as bar:
        yield from bar

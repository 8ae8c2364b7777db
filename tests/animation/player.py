"""Plays the script on a pseudo-terminal, and keeps what the terminal shows after each scene."""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest
from pathlib import Path

from tests.animation.frames import Frame, frame_of
from tests.animation.script import SIZE, Scene, script
from tests.terminal.driver import Terminal

PROGRAM = (sys.executable, "-m", "tests.animation.program")
QUIET = 0.8
"""Seconds of silence after which nothing more will be painted: checks run after a pause."""
ROOT = Path(__file__).parents[2]


def play(home: Path, expected: Sequence[list[str]] = ()) -> Iterator[Frame]:
    """The frames of the demonstration, one after each scene; its files are made in `home`.

    Waits for the lines of the `expected` frames, if there are any, else until nothing changes.
    """
    env = {"TMPDIR": str(home), "TZ": "UTC", "PYTHONPATH": str(ROOT)}
    with Terminal(PROGRAM, home, size=SIZE, env=env) as terminal:
        for scene, lines in zip_longest(script(), expected):
            terminal.key(*scene.keys)
            terminal.wait_until(partial(_is_shown, terminal, scene), what=repr(scene.shows))
            if lines is None:
                terminal.settle(QUIET)
            else:
                terminal.wait_until(partial(_has_lines, terminal, lines), what="\n".join(lines))
            cursor = terminal.cursor if terminal.has_cursor else None
            yield frame_of(terminal.cells(), cursor, scene.seconds)
        terminal.key("ctrl+q")
        terminal.wait_exit()


def _is_shown(terminal: Terminal, scene: Scene) -> bool:
    return scene.is_shown(terminal.text)


def _has_lines(terminal: Terminal, lines: list[str]) -> bool:
    return [line.rstrip() for line in terminal.screen] == lines

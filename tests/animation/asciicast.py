"""Writes and reads asciicast files, version 2 (https://docs.asciinema.org/manual/asciicast/v2/)."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.animation.frames import Frame, Row, Style, frame_of
from tests.animation.script import SIZE
from tests.terminal.screen import PaintedScreen

TITLE = "imr-tui demo"
_NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
"""pyte's names of the eight colours."""


def written(frames: Sequence[Frame]) -> str:
    """The file of an animation: a header, and an event for each frame."""
    columns, rows = SIZE
    header = {"version": 2, "width": columns, "height": rows, "title": TITLE}
    lines = [json.dumps(header)]
    moment, before = 0.0, tuple[Row, ...]()
    for frame in frames:
        lines.append(json.dumps([round(moment, 3), "o", _painted(frame, before)]))
        moment, before = moment + frame.seconds, frame.rows
    # The last frame stays on the screen until here.
    lines.append(json.dumps([round(moment, 3), "o", ""]))
    return "\n".join(lines) + "\n"


def read(text: str) -> Iterator[Frame]:
    """The frames of a file that `written` made."""
    _, *events = map(json.loads, text.splitlines())
    screen = PaintedScreen(*SIZE)
    for (moment, _, data), (end, *_) in pairwise(events):
        screen.feed(data.encode())
        cursor = screen.cursor if screen.has_cursor else None
        cells = [screen.cells(row) for row in range(SIZE[1])]
        yield frame_of(cells, cursor, round(end - moment, 3))


def _painted(frame: Frame, before: tuple[Row, ...]) -> str:
    """The bytes that turn one frame into the next: the rows that differ, and the cursor."""
    parts = ["\x1b[?25l"] if before else ["\x1b[?25l\x1b[2J"]
    for number, row in enumerate(frame.rows):
        if not before or row != before[number]:
            parts.append(f"\x1b[{number + 1};1H")
            parts += (f"\x1b[0{_codes(run.style)}m{run.text}" for run in row)
    if frame.cursor is not None:
        parts.append(f"\x1b[{frame.cursor[1] + 1};{frame.cursor[0] + 1}H\x1b[?25h")
    return "".join(parts)


def _codes(style: Style) -> str:
    """The parameters of a style, each after a semicolon."""
    marks = ";1" * style.bold + ";4" * style.underlined
    return f"{marks}{_colour(style.foreground, 3)}{_colour(style.background, 4)}"


def _colour(colour: str, kind: int) -> str:
    """The parameters of a colour; `kind` is 3 for the foreground and 4 for the background."""
    if colour == "default":
        return ""
    if colour in _NAMES:
        return f";{kind}{_NAMES.index(colour)}"
    red, green, blue = bytes.fromhex(colour)
    return f";{kind}8;2;{red};{green};{blue}"

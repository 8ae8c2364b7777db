"""What a program sent for one thing that was done to it, and what that painted when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import is_not
from typing import NamedTuple

from tests.bench.ideal import Cursor, Ideal
from tests.bench.shown import Cells, Shown

SETTLING = 2
"""Lines that may settle later: a count, a time."""


class Chunk(NamedTuple):
    """What came at once."""

    at: float
    data: bytes


@dataclass(frozen=True)
class Answer:
    """What a program sent for one thing that was done to it."""

    sent: int
    """Bytes."""
    ideal: int
    """Bytes that the difference of the screens needs."""
    first: float | None
    """Milliseconds until its first byte, or None if there was none."""
    last: float | None
    """Milliseconds until its last byte."""
    stood: float | None
    """Milliseconds until the screen stood, but for some lines that may settle later."""
    visible: float | None = None
    """Milliseconds until the typed character was seen, or None if none was."""
    before: int = 0
    """Bytes that came on their own before, behind the answer to what was done then."""


class Screen:
    """What a terminal shows, moved on by what is sent to it."""

    def __init__(self, cols: int, rows: int) -> None:
        self.shown = Shown(cols, rows)
        self._ideal = Ideal()

    def paint(self, chunks: Iterable[Chunk]) -> int:
        """Paint what nobody has asked for; how many bytes that is."""
        taken = 0
        for chunk in chunks:
            self.shown.feed(chunk.data)
            taken += len(chunk.data)
        return taken

    def judge(
        self, chunks: Sequence[Chunk], before: Cells, at: Cursor, start: float, looked_for: str
    ) -> Answer:
        """Paint an answer; `before` and `at` are the screen and the cursor as they were."""
        moments = list[Cells]()
        for chunk in chunks:
            self.shown.feed(chunk.data)
            moments.append(self.shown.rows())
        ideal = self._ideal.change(before, self.shown.rows(), at, self.shown.place)
        stood, visible = standing(moments), seen(before, moments, looked_for)
        times: list[float | None] = [(chunk.at - start) * 1000 for chunk in chunks]
        times = times or [None]
        return Answer(
            sent=sum(len(chunk.data) for chunk in chunks),
            ideal=len(ideal.encode()),
            first=times[0],
            last=times[-1],
            stood=times[stood],
            visible=None if visible is None else times[visible],
        )


def standing(moments: Sequence[Cells]) -> int:
    """From which moment on all but a few lines are as they are in the last one."""
    differing = (sum(map(is_not, moment, moments[-1])) for moment in moments)
    return next((at for at, lines in enumerate(differing) if lines <= SETTLING), 0)


def seen(before: Cells, moments: Sequence[Cells], character: str) -> int | None:
    """At which moment a character first stands where it has not before, and is in the end."""
    if not character or not moments:
        return None
    lasting = set(appeared(before, moments[-1], character))
    found = (bool(lasting.intersection(appeared(before, now, character))) for now in moments)
    return next((at for at, is_seen in enumerate(found) if is_seen), None)


def appeared(before: Cells, now: Cells, character: str) -> Iterable[tuple[int, int]]:
    """The cells that show the character, and have not before."""
    for row, (old, new) in enumerate(zip(before, now, strict=True)):
        if old is not new:
            for column, (was, cell) in enumerate(zip(old, new, strict=True)):
                if cell.data == character and was.data != character:
                    yield row, column

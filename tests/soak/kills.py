"""kill -9 under a reviewer who types, and what the disk holds afterwards."""

import os
import random
import re
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from imr_tui.errors import ImrError
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.features.checking import PAUSE_SECONDS
from tests.bench.samples import APP, case_at, on_disk
from tests.terminal.driver import Terminal

SHORT, LONG = 10, 1_000
"""Kills of a campaign."""
EACH = 100
"""After so many kills it is said how far they are."""
EVERY = 5
"""One kill in so many comes the moment the header says `Saved`."""
KEYS_PER_SECOND = 20
GRACE = 0.5
"""Seconds of typing that a kill may cost."""

WORDS = ("the", "patient's", "shoulder", '"better"', "[sic]", "C:\\notes", "1½", "'''", "40%.")
SAVED = re.compile(r"Saved (\d\d:\d\d:\d\d)")


@dataclass(frozen=True)
class Kill:
    """What one kill did."""

    sent: int
    """Characters that had been typed."""
    kept: int
    """Characters of them that the file holds."""
    due: int
    """Characters that it had to hold."""
    fault: str = ""
    """What is wrong with the file, or blank."""

    @property
    def lost(self) -> int:
        """Characters that were typed and are gone."""
        return self.sent - self.kept


def kill_while_typing(place: Path, seed: int) -> Kill:
    """Type at 20 keys a second, and kill at a moment that has nothing to do with the keys."""
    with writing(place, seed) as desk:
        desk.type_for(desk.random.uniform(0.3, 2.0))
        moment = desk.kill()
        # A machine that delays this process by so much delays the other one, too.
        before = moment - GRACE - desk.late
        return desk.verdict(due=sum(sent_at < before for sent_at in desk.times))


def kill_once_saved(place: Path, seed: int) -> Kill:
    """Type, and kill in the moment in which the header says that the last character is saved."""
    with writing(place, seed) as desk:
        desk.type_for(desk.random.uniform(0.2, 0.8))
        desk.wait_until(lambda: desk.text_on_disk() == desk.typed, "the text on the disk")
        desk.terminal.settle(2 * PAUSE_SECONDS)
        said, second = desk.saved_at(), int(time.time())
        # Only a later second shows that the header speaks of a later save.
        desk.wait_until(lambda: int(time.time()) > second, "the next second")
        desk.type_one()
        desk.wait_until(lambda: desk.saved_at() != said, "the header")
        desk.kill()
        return desk.verdict(due=len(desk.times))


def writing(place: Path, seed: int) -> "Desk":
    """A case of its own in `place`, open in its summary."""
    path = case_at(place, "summary")
    terminal = Terminal([*APP, str(path)], place)
    terminal.enter_text()
    return Desk(path, terminal, random.Random(seed))


class Desk:
    """A terminal at which one known text is typed."""

    def __init__(self, path: Path, terminal: Terminal, random: random.Random) -> None:
        self.path = path
        self.terminal = terminal
        self.random = random
        self.typed = ""
        """All that was sent."""
        self.times: list[float] = []
        """When each character was sent."""
        self.late = 0.0
        """The longest that a key waited for this process to get its turn."""
        self._stream = self._characters()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.terminal.__exit__(None, None, None)

    def _characters(self) -> Iterator[str]:
        while True:
            yield from self.random.choice(WORDS)
            yield self.random.choice(" " * 9 + "\n")

    def type_one(self) -> None:
        """Send the next character."""
        character = next(self._stream)
        self.terminal.type(character.replace("\n", "\r"))
        self.times.append(time.monotonic())
        self.typed += character

    def type_for(self, seconds: float) -> None:
        """Send a character at each beat; return at the given moment, on a beat or off it."""
        start = time.monotonic()
        end, beat = start + seconds, start
        while (beat := beat + 1 / KEYS_PER_SECOND) < end:
            time.sleep(max(0.0, beat - time.monotonic()))
            self.type_one()
            self.late = max(self.late, self.times[-1] - beat)
        time.sleep(max(0.0, end - time.monotonic()))

    def wait_until(self, predicate: Callable[[], bool], what: str) -> None:
        self.terminal.wait_until(predicate, what=what)

    def saved_at(self) -> str:
        """The time that the header gives for the last save."""
        found = SAVED.search(self.terminal.text)
        return found[1] if found else ""

    def text_on_disk(self) -> str:
        return on_disk(self.path).summary.text

    def kill(self) -> float:
        """End the program at once; return when."""
        moment = time.monotonic()
        self.terminal.kill(signal.SIGKILL)
        self.terminal.wait_exit()
        return moment

    def verdict(self, due: int) -> Kill:
        """What the disk holds now."""
        sent = len(self.typed)
        try:
            kept = self.text_on_disk()
        except ImrError as error:
            return Kill(sent, 0, due, f"torn: {error}")
        if not self.typed.startswith(kept):
            return Kill(sent, 0, due, "holds what was not typed")
        entries = list(Folder(self.path.parent).entries())
        if [entry.path for entry in entries if entry.case is not None] != [self.path]:
            return Kill(sent, 0, due, "is hidden by what lies beside it")
        return Kill(sent, len(kept), due)


def campaign(short: bool, count: int = 0, seed: int = 1) -> Iterator[str]:
    """Kill as often as asked, on several desks at once, which wait most of the time."""
    number = count or (SHORT if short else LONG)
    with ProcessPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
        seeds = (seed * 1_000_000 + at for at in range(1, number + 1))
        kills: list[Kill] = []
        for kill in pool.map(_kill, seeds):
            kills.append(kill)
            if len(kills) % EACH == 0:
                yield f"  after {len(kills)} of {number}:"
                yield from (f"  {line}" for line in _report(kills))
    yield from _report(kills)


def _report(kills: Sequence[Kill]) -> Iterator[str]:
    return report(
        [kill for at, kill in enumerate(kills, 1) if at % EVERY],
        [kill for at, kill in enumerate(kills, 1) if not at % EVERY],
    )


def _kill(seed: int) -> Kill:
    with tempfile.TemporaryDirectory(prefix="imr-kill-") as place:
        act = kill_while_typing if seed % EVERY else kill_once_saved
        try:
            return act(Path(place), seed)
        except AssertionError as error:
            return Kill(0, 0, 0, f"did not come to it: {error}"[:500])


def report(while_typing: Sequence[Kill], once_saved: Sequence[Kill]) -> Iterator[str]:
    """What the kills cost, and each that cost what it must not."""
    both = [*while_typing, *once_saved]
    lost = sorted(kill.lost for kill in while_typing if not kill.fault)
    yield f"kills -9                          {len(both)}"
    yield f"characters typed                  {sum(kill.sent for kill in both)}"
    yield f"torn files                        {sum(bool(kill.fault) for kill in both)}"
    yield f"reported saved, then lost         {sum(kill.lost > 0 for kill in once_saved)}"
    yield f"lost more than the last half s    {sum(kill.kept < kill.due for kill in while_typing)}"
    if lost:
        yield (
            f"characters lost p50 / p99 / max   "
            f"{quantile(lost, 0.5)} / {quantile(lost, 0.99)} / {lost[-1]}"
        )
    yield from (f"  fault: {kill.fault}" for kill in both if kill.fault)
    yield from (f"  fault: saved, then lost {kill.lost}" for kill in once_saved if kill.lost)


def quantile(ordered: Sequence[int], share: float) -> int:
    """The smallest value that at least `share` of the values do not exceed."""
    return next(value for rank, value in enumerate(ordered, 1) if rank >= share * len(ordered))

"""Somebody who types into a program on a pseudo-terminal, 20 keys a second, whatever is shown."""

import os
import re
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from tests.bench.session import OpenCase
from tests.soak import processes
from tests.terminal.keys import key_bytes

KEYS_PER_SECOND = 20
ROW = 8
"""So many characters before the cursor tell which of them were typed last."""


class Key(NamedTuple):
    """A key that was typed on its beat."""

    due: float
    """When it was to be typed."""
    seen: float
    """When the screen first showed it."""

    @property
    def milliseconds(self) -> float:
        """How long it took until it was seen."""
        return (self.seen - self.due) * 1000


class Typist(OpenCase):
    """A program on a terminal, at which one text is typed, key by key.

    A key is sent on its beat, even if those before it have not been shown; its time counts from
    the beat.
    """

    typed = ""
    """All that was typed."""
    _seen = 0
    """How many characters of it have been on the screen."""

    @property
    def pid(self) -> int:
        """The process of the program."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def type(self, text: str, until: Callable[[], bool] = lambda: False) -> list[Key]:
        """Type small letters and spaces, until something is so; the keys that can be told apart.

        Raises EOFError if the program ends.
        """
        self._absorb()
        first, start = len(self.typed), time.perf_counter()
        seen: dict[int, float] = {}
        for at, character in enumerate(text):
            self._look(start + at / KEYS_PER_SECOND, seen)
            if until():
                break
            self.put(character.encode())
            self.typed += character
        self._look(start + (len(self.typed) - first) / KEYS_PER_SECOND, seen)
        # A space may be shown only with what follows it.
        told = [at for at in sorted(seen) if at >= first and self.typed[at] != " "]
        return [Key(start + (at - first) / KEYS_PER_SECOND, seen[at]) for at in told]

    def _look(self, until: float, seen: dict[int, float]) -> None:
        """Read until a moment, and note when which characters were there."""
        while (rest := until - time.perf_counter()) > 0:
            if not self.read(rest):
                continue
            at = self._chunks[-1].at
            self._absorb()
            shown = self._shown()
            seen.update(dict.fromkeys(range(self._seen, shown), at))
            self._seen = shown

    def _shown(self) -> int:
        """How many of the typed characters stand before the cursor, as far as that can be told."""
        place = self._screen.shown.place
        row = self._screen.shown.lines[place.row][: place.column]
        found = re.search(r"[a-z][a-z ]*$", row)
        if found is None:
            return self._seen
        before = found[0][-ROW:]
        behind = range(len(self.typed), self._seen, -1)
        return next((n for n in behind if self.typed[:n].endswith(before)), self._seen)

    def read_for(self, seconds: float) -> None:
        """Only read."""
        until = time.perf_counter() + seconds
        while (rest := until - time.perf_counter()) > 0:
            self.read(rest)
        self._absorb()

    def enter_text(self) -> None:
        """Enter the text of the stage."""
        self.wait_for(" word")
        self.keys("i")
        self.wait_for("TYPING")

    def go_to(self, stage: str) -> None:
        """Go to a stage of the case."""
        self.keys("ctrl+g")
        self.wait_for("Go to")
        self.put(stage.encode())
        self.settle()
        self.keys("enter")

    def leave_case(self) -> None:
        """Leave the text and the case, to the worklist."""
        self.keys("escape")
        self.keys("escape")
        self.wait_for("Press esc again")
        self.key("escape")
        self.wait_for("Enter")

    def paste_text(self, text: str) -> None:
        """Paste a text, and wait for nothing."""
        self.put(b"\x1b[200~" + text.replace("\n", "\r").encode() + b"\x1b[201~")
        self.typed += text

    def type_unread(self, text: str) -> None:
        """Type without reading anything that the program writes."""
        for character in text:
            time.sleep(1 / KEYS_PER_SECOND)
            self.put(character.encode())
            self.typed += character

    def key(self, *names: str) -> None:
        """Press keys, and wait for nothing."""
        for name in names:
            self.put(key_bytes(name))

    def hang_up(self) -> None:
        """What the app gets when its terminal goes away."""
        processes.send(self.pid, signal.SIGHUP)

    def kill(self) -> None:
        """End it at once, whatever it does."""
        processes.send(self.pid, signal.SIGKILL)

    def wait_exit(self, seconds: float = 20.0) -> int:
        """Its exit status; raises TimeoutError."""
        until = time.perf_counter() + seconds
        while self._process.poll() is None:
            if time.perf_counter() > until:
                raise TimeoutError(f"it has not ended\n{self.text}")
            try:
                self.read(0.05)
            except EOFError:
                time.sleep(0.02)
        status = self._process.wait()
        with suppress(OSError):
            os.close(self._master)
        return status

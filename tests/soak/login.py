"""Every key and every entry of the palette on every screen of a restricted login, under strace."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.samples import FRESH, make_folder
from tests.terminal import sshd
from tests.terminal.driver import Terminal
from tests.terminal.every_key import KEYS, NAMES
from tests.terminal.forced import Forced, forcing
from tests.terminal.traced import can_trace

SCREENS = {
    "worklist": ("CM26", ()),
    "credentials": ("attest", ("enter",)),
    "summary": ("words", ("enter", "ctrl+n")),
    "text": ("TYPING", ("enter", "ctrl+n", "i")),
    "decision": ("Item 1 of", ("enter", "ctrl+n", "ctrl+n")),
    "citations": ("You cite", ("enter", "ctrl+n", "ctrl+n", "ctrl+n")),
    "review": ("block the letter", ("enter", *["ctrl+n"] * 8)),
    "record": ("Documents", ("enter", "ctrl+r")),
    "items": ("Items", ("enter", "ctrl+t")),
    "history": ("arlier", ("enter", "h")),
}
"""What each screen shows, and the keys that lead there from the worklist of a fresh case."""
FEW = 45
"""Of the keys, in a short campaign one in so many."""
ENTRIES = 24
"""More than any palette has; the last one stands for those beyond it."""
QUIET = 0.05


@dataclass
class Walk:
    """One screen, reached again and again until every key has been pressed on it."""

    forced: Forced
    screen: str
    logins: int = 0
    pressed: int = 0

    def press(self, probes: list[list[bytes | str]]) -> None:
        """Press each of `probes` on the screen, logging in again wherever one led elsewhere."""
        while probes:
            self.logins += 1
            # The app may still be ending when its folder is taken away.
            with tempfile.TemporaryDirectory(
                prefix="imr-login-", ignore_cleanup_errors=True
            ) as place:
                self._press(Path(place), probes)

    def _press(self, place: Path, probes: list[list[bytes | str]]) -> None:
        shows, way = SCREENS[self.screen]
        self.forced.open(make_folder(place, FRESH))
        with Terminal(self.forced.sshd.argv("id"), place) as terminal:
            terminal.wait_for("CM26")
            terminal.settle()
            for key in way:
                terminal.key(key)
                terminal.settle()
            terminal.wait_for(shows)
            while probes and shows in terminal.text:
                self.pressed += 1
                for part in probes.pop():
                    terminal.type(part)
                    terminal.settle(QUIET)


def probes(short: bool) -> list[list[bytes | str]]:
    """What is pressed: each key, and each entry of the palette."""
    keys: list[list[bytes | str]] = [[key] for key in KEYS]
    entries: list[list[bytes | str]] = [
        ["\x0f", "\x1b[B" * entry, "\r"] for entry in range(ENTRIES)
    ]
    return (keys + entries)[:: FEW if short else 1]


def campaign(short: bool) -> Iterator[str]:
    """A line for each screen; whatever is executed but Python is a fault, and every socket."""
    if not (sshd.available() and can_trace()):
        yield "left out: there is no sshd or no strace that can run here"
        return
    with tempfile.TemporaryDirectory(prefix="imr-sshd-") as place, forcing(Path(place)) as forced:
        for screen in SCREENS:
            walk = Walk(forced, screen)
            walk.press(probes(short))
            yield f"{screen:12} keys and entries {walk.pressed:4}, logins {walk.logins:4}"
            yield from (f"  fault: {screen}: {each}" for each in forced.strangers())
    yield f"keys of a terminal                {len(NAMES)}"

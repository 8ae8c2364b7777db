"""The interrupted campaign: somebody types, and something else happens to the case."""

import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Literal

from imr_tui.errors import ImrError
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import digest_of, save_profile
from imr_tui.store.locking.claim import Claim, Request, ask, claim, holder
from imr_tui.store.locking.holder import Holder
from imr_tui.store.safety import atomic
from tests.bench.samples import APP, PROFILE, case_at, on_disk
from tests.soak import processes
from tests.terminal.driver import Terminal

Place = Literal["summary", "rationale", "dialog"]
PLACES: tuple[Place, ...] = ("summary", "rationale", "dialog")
"""Where is typed; `dialog` is the request of an item, in the form of the item."""
SHORT, LONG = 1, 200
"""Runs of each event in each place."""
PROSE = "tmgk q: the jumpy dwarf of six big quiz boxes gave me zinc and a lucky knot, hx of pain; "
"""Every letter, and first those that answer dialogs and decide items."""
SLOWEST, FASTEST = 8, 20
"""Keys a second."""
PIN = "471199"
PIN_PAUSE_SECONDS = 1.2
OTHER = Holder(who="drother", host="ward-9", pid=1, since=datetime(2026, 11, 23, tzinfo=UTC))
ELSEWHERE = "Changed elsewhere"


@dataclass
class Desk:
    """A terminal at which somebody types into one text of a case."""

    path: Path
    terminal: Terminal
    chance: random.Random
    place: Place
    before: Case
    """The case as it was when the typing began."""
    rate: float
    """Keys a second."""
    typed: str = ""
    """What has to be in the text."""
    owned: list[Claim | Request] = field(default_factory=list)
    """What the other session holds."""

    @property
    def folder(self) -> Path:
        return self.path.parent

    def type_for(self, seconds: float) -> None:
        """Type on for so long, a key at each beat."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            char = PROSE[len(self.typed) % len(PROSE)]
            self.terminal.type(char)
            self.typed += char
            time.sleep(1 / self.rate)

    def type_until(self, shows: str, seconds: float = 5.0) -> bool:
        """Type on until the screen shows a text, or for so long; whether it does."""
        end = time.monotonic() + seconds
        while shows not in self.terminal.text:
            if time.monotonic() > end:
                return False
            self.type_for(1 / self.rate)
        return True

    def text_of(self, case: Case) -> str:
        """The text of `case` that is typed into."""
        if self.place == "summary":
            return case.summary.text
        return case.items[0].rationale if self.place == "rationale" else case.items[0].request


# ── What happens meanwhile ───────────────────────────────────────────────────────────────


def change(desk: Desk) -> str:
    """Another program writes the file, in its place or by another one that takes it."""
    for _ in range(desk.chance.randint(1, 2)):
        case = edits.set_party(on_disk(desk.path), "employer", ELSEWHERE)
        if desk.chance.random() < 0.5:
            desk.path.write_bytes(encode(case))
        else:
            atomic.write(desk.path, encode(case))
        desk.type_for(desk.chance.uniform(0.2, 1.0))
    if not desk.type_until("F2 Compare"):
        return "the change was not told of"
    return ""


def request(desk: Desk) -> str:
    """Another session asks for the case."""
    desk.owned.append(ask(desk.folder, desk.path.stem, OTHER))
    return "" if desk.type_until("wants to edit this case") else "the request was not told of"


def take_over(desk: Desk) -> str:
    """The reviewer gives the case, and types on at once."""
    if says := request(desk):
        return says
    desk.terminal.key("f2")
    desk.terminal.wait_for("Another session wants this case")
    desk.terminal.key("g")
    if not desk.type_until("has the case"):
        return "the case was not given"
    held = claim(desk.folder, desk.path.stem, OTHER)
    desk.owned.append(held)
    atomic.write(desk.path, encode(edits.set_party(on_disk(desk.path), "employer", ELSEWHERE)))
    return ""


def lock(desk: Desk) -> str:
    """The screen is locked; what is typed before the PIN goes nowhere."""
    desk.terminal.key("f8")
    for char in PROSE[:6]:
        desk.terminal.type(char)
        time.sleep(1 / desk.rate)
    desk.terminal.key("enter")
    desk.terminal.wait_for("4 tries left")
    time.sleep(PIN_PAUSE_SECONDS)
    desk.terminal.type(PIN)
    desk.terminal.key("enter")
    desk.terminal.wait_gone("Locked at")
    return ""


def fail(desk: Desk) -> str:
    """The disk takes nothing for a while."""
    app = _app_of(desk.terminal)
    limits = resource.prlimit(app, resource.RLIMIT_FSIZE)
    resource.prlimit(app, resource.RLIMIT_FSIZE, (0, limits[1]))
    told = desk.type_until("NOT SAVED")
    desk.type_for(desk.chance.uniform(0.0, 1.5))
    resource.prlimit(app, resource.RLIMIT_FSIZE, limits)
    return "" if told else "that nothing is saved was not told"


EVENTS: dict[str, Callable[[Desk], str]] = {
    "external change": change,
    "request": request,
    "take-over": take_over,
    "lock": lock,
    "failing save": fail,
}
"""Each goes on typing until it has come about; why it did not, or blank."""


def _app_of(terminal: Terminal) -> int:
    """The app itself, which is the terminal's first process or runs below it."""
    return next(iter(processes.of_session(terminal.pid)), terminal.pid)


# ── One run ──────────────────────────────────────────────────────────────────────────────


def run(event: str, place: Place, seed: int) -> str:
    """Type, let it happen, type on; what is wrong afterwards, or blank."""
    with tempfile.TemporaryDirectory(prefix="imr-interrupted-") as home:
        path = case_at(Path(home), "rationale" if place == "rationale" else "summary")
        save_profile(Folder(path.parent), _with_pin())
        with Terminal([*APP, str(path)], Path(home)) as terminal:
            terminal.wait_for(" word")
            terminal.settle()
            if place == "dialog":
                _open_dialog(terminal)
            else:
                terminal.enter_text()
            chance = random.Random(seed)
            rate = chance.uniform(SLOWEST, FASTEST)
            desk = Desk(path, terminal, chance, place, on_disk(path), rate)
            try:
                return _interrupt(desk, event)
            finally:
                for each in desk.owned:
                    each.release() if isinstance(each, Claim) else each.withdraw()


def _interrupt(desk: Desk, event: str) -> str:
    desk.type_for(desk.chance.uniform(0.3, 1.2))
    try:
        if says := EVENTS[event](desk):
            return says
    except AssertionError as error:
        return f"did not come about: {str(error)[:2000]}"
    desk.type_for(desk.chance.uniform(0.5, 1.2))
    expected = desk.text_of(desk.before) + desk.typed
    with suppress(AssertionError):
        desk.terminal.wait_until(lambda: expected in _texts(desk), timeout=8)
    return _fault(desk, event, expected)


def _fault(desk: Desk, event: str, expected: str) -> str:
    found = _texts(desk)
    if expected not in found:
        longest = max((text for text in found), key=len, default="")
        return f"typed {expected!r}, and of that there is {longest!r}"
    for case in found[expected]:
        changed = {each.decision for each in case.items} ^ {
            each.decision for each in desk.before.items
        }
        if changed:
            return f"decisions changed: {changed}"
    owner = holder(desk.folder, desk.path.stem)
    is_others = owner == OTHER
    if is_others != (event == "take-over"):
        return f"the case belongs to {owner}"
    theirs = on_disk(desk.path).parties.employer == ELSEWHERE
    if theirs != (event in ("external change", "take-over")):
        return "the file does not hold the text that it has to"
    return ""


def _texts(desk: Desk) -> dict[str, list[Case]]:
    """The text of every case that the folder holds, be it aside or a version."""
    found: dict[str, list[Case]] = {}
    for path in (desk.path, *(desk.folder / ".imr").rglob("*.toml")):
        with suppress(OSError, ImrError):
            case = decode(path.read_bytes(), path)
            found.setdefault(desk.text_of(case), []).append(case)
    return found


def _with_pin() -> Profile:
    return PROFILE.but(pin=digest_of(PIN))


def _open_dialog(terminal: Terminal) -> None:
    """The form of the first item, with the cursor behind its request."""
    terminal.key("ctrl+t")
    terminal.wait_for("Items in dispute")
    terminal.settle()
    terminal.key("e")
    terminal.wait_for("Request")
    terminal.settle()
    terminal.key("end")


def campaign(short: bool, seed: int = 1) -> Iterator[str]:
    """Every event in every place, on several desks at once, which wait most of the time."""
    count = SHORT if short else LONG
    cells = list(product(EVENTS, PLACES))
    runs = [(event, place, seed * 100_000 + at) for event, place in cells for at in range(count)]
    faults: dict[tuple[str, str], list[str]] = {}
    with ProcessPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
        for (event, place, _), says in zip(runs, pool.map(_run, runs), strict=True):
            if says:
                faults.setdefault((event, place), []).append(says)
    for event, place in cells:
        found = faults.get((event, place), [])
        yield f"{event} x {place}".ljust(34) + f"{count - len(found)} of {count} kept every key"
        yield from (f"  fault: {says}" for says in found)


def _run(each: tuple[str, Place, int]) -> str:
    try:
        return run(*each)
    except AssertionError as error:
        return f"did not come to it: {str(error)[:2000]}"

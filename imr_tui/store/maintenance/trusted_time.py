"""Measures for how long a file has certainly existed, whatever the clocks say.

A clock may jump by years, and nothing may be dropped because of that. So every start records in
`.imr/days.json` how much time has passed since the start before it on the same machine, measured by
the kernel's uptime, which nobody can set; after a boot, at least the uptime has passed. Without an
uptime, the clock is trusted for up to MAX_STEP_DAYS between two starts.

The seconds of each machine add up to a counter. Only two readings of one counter are ever compared,
so an age may be too low, but is never too high. Readings of different machines cannot be compared:
the one that knows less would make a file look older than it is.
"""

from __future__ import annotations

import hashlib
import json
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imr_tui.errors import CannotStore
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from datetime import datetime

FILE = "days.json"
DAY = 86_400.0
MAX_STEP_DAYS = 2.0
"""The longest time between two starts that the clock alone can prove; a longer one counts as
zero, because either the clock jumped or the program was not used."""
TOLERANCE_SECONDS = 7_200.0
"""The largest difference between clock and uptime that is not a jump."""
_KEPT = 15
"""Machines and boots that are remembered, besides this one."""
_MACHINE = Path("/etc/machine-id")
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Uptime:
    """How long this machine has been running."""

    boot: str
    """The boot id; blank if unknown."""
    seconds: float
    """Seconds since boot, including sleep."""
    machine: str = ""
    """An anonymous id of the machine; blank if unknown."""


def uptime() -> Uptime:
    """The current uptime of this machine."""
    try:
        seconds = time.clock_gettime(time.CLOCK_BOOTTIME)
        return Uptime(_BOOT.read_text().strip(), seconds, _machine())
    except (OSError, AttributeError):
        return Uptime("", 0.0)


def _machine() -> str:
    """A hash that identifies this machine without naming it; blank if unknown."""
    try:
        name = f"{_MACHINE.read_text().strip()} {socket.gethostname()}"
    except OSError:
        return ""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


@dataclass
class Seen:
    """When a name was first seen."""

    mark: float
    """Tells one state of the file from another."""
    since: dict[str, float]
    """For each machine: its counter at its first start from then on."""

    def read(self, machine: str, count: float) -> None:
        """Note the counter of a machine at a start."""
        # A counter that is lower than it was has been dropped meanwhile, and begins again.
        if count < self.since.setdefault(machine, count):
            self.since[machine] = count


@dataclass
class Ledger:
    """The time records of a folder, updated at every start."""

    clock: float | None = None
    """The clock at the last start, in seconds since 1970."""
    unsure: str = ""
    """The date of the first start or of the last clock jump; nothing is dropped on that day."""
    boots: dict[str, list[float]] = field(default_factory=dict)
    """For each boot id: uptime and clock at the last start."""
    counters: dict[str, float] = field(default_factory=dict)
    """For each machine: the seconds that have certainly passed between its starts."""
    seen: dict[str, Seen] = field(default_factory=dict)
    """For each name: when it was first seen."""

    _asked: set[str] = field(default_factory=set)

    def start(self, now: datetime, up: Uptime) -> bool:
        """Record a start; returns whether anything may be dropped at it."""
        clock, day = now.timestamp(), f"{now:%Y-%m-%d}"
        if self._has_jumped(clock, up):
            self.unsure = day
        machine = up.machine or up.boot
        count = self.counters.pop(machine, None)
        passed = 0.0 if count is None else count + self._passed(clock, up)
        self.counters = dict(list(self.counters.items())[-_KEPT:]) | {machine: passed}
        self.clock = clock
        if up.boot:
            self.boots.pop(up.boot, None)
            self.boots = dict(list(self.boots.items())[-_KEPT:]) | {up.boot: [up.seconds, clock]}
        for name in self.seen:
            self.seen[name].read(machine, passed)
        return day != self.unsure

    def _passed(self, clock: float, up: Uptime) -> float:
        """Seconds that have certainly passed since the last start on this machine."""
        if up.boot in self.boots:
            return max(up.seconds - self.boots[up.boot][0], 0.0)
        if up.boot:
            # It booted after that start.
            return up.seconds
        step = 0.0 if self.clock is None else clock - self.clock
        return step if 0 <= step <= MAX_STEP_DAYS * DAY else 0.0

    def _has_jumped(self, clock: float, up: Uptime) -> bool:
        """Whether the clock must be wrong, or cannot be verified."""
        if up.boot in self.boots:
            seconds, then = self.boots[up.boot]
            return abs((clock - then) - (up.seconds - seconds)) > TOLERANCE_SECONDS
        return self.clock is None or not 0 <= clock - self.clock <= MAX_STEP_DAYS * DAY

    def age_days(self, name: str, mark: float = 0.0) -> float:
        """The days for which `name` has certainly existed with this `mark`."""
        self._asked.add(name)
        if name not in self.seen or self.seen[name].mark != mark:
            # Of the other machines nothing is known before their next start.
            machine = next(reversed(self.counters), "")
            self.seen[name] = Seen(mark, {machine: self.counters.get(machine, 0.0)})
        since = self.seen[name].since
        return max(self.counters[each] - since[each] for each in since) / DAY

    def forget_others(self) -> None:
        """Drop names that were not asked about since loading: their files are gone."""
        self.seen = {name: seen for name, seen in self.seen.items() if name in self._asked}


def load(folder: Path) -> Ledger:
    """Load the ledger of a folder of cases; a new one if it cannot be read."""
    ledger = Ledger()
    with suppress(CannotStore, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        tables = json.loads(read_bytes(folder / safe_open.OWN / FILE))
        counters = {str(name): _number(count) for name, count in tables["counters"].items()}
        ledger = Ledger(
            clock=_number(tables["clock"]),
            unsure=str(tables["unsure"]),
            boots=_rows(tables["boots"]),
            counters=counters,
            seen={str(name): _seen(row, counters) for name, row in tables["seen"].items()},
        )
    return ledger


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        raise ValueError("no number")
    return float(value)


def _rows(table: Any) -> dict[str, list[float]]:
    rows = {str(name): list(map(_number, row)) for name, row in table.items()}
    if any(len(row) != 2 for row in rows.values()):
        raise ValueError("no such row")
    return rows


def _seen(row: Any, counters: Mapping[str, float]) -> Seen:
    """The record of a name, without the machines that are not remembered any more."""
    mark, since = row
    known = {name: _number(count) for name, count in since.items() if name in counters}
    return Seen(_number(mark), known)


def save(folder: Path, ledger: Ledger) -> None:
    """Save a ledger; raises CannotStore."""
    path = folder / safe_open.OWN / FILE
    atomic.make_folder(path.parent)
    tables = {name: getattr(ledger, name) for name in ("clock", "unsure", "boots", "counters")}
    tables["seen"] = {name: [seen.mark, seen.since] for name, seen in ledger.seen.items()}
    atomic.write(path, json.dumps(tables).encode())

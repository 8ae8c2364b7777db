"""Measures how much time has certainly passed in a folder of cases, whatever its clocks say.

A clock may jump by years, and nothing may be dropped because of that. So every start records in
`.imr/days.json` the time passed since the first start, measured by the kernel's uptime, which
nobody can set. After a boot, at least the uptime has passed since the last start on the machine.
Without an uptime, the clock is trusted for up to MAX_STEP_DAYS between two starts. The result may
be too low, but is never too high.
"""

from __future__ import annotations

import hashlib
import json
import socket
import time
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
_BOOTS = 16
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
class Ledger:
    """The time records of a folder, updated at every start."""

    passed: float = 0.0
    """Seconds that have certainly passed since the first start."""
    clock: float | None = None
    """The clock at the last start, in seconds since 1970."""
    unsure: str = ""
    """The date of the first start or of the last clock jump; nothing is dropped on that day."""
    boots: dict[str, list[float]] = field(default_factory=dict)
    """For each boot id: uptime, `passed` and clock at the last start."""
    machines: dict[str, list[float]] = field(default_factory=dict)
    """For each machine: `passed` at the last start on it."""
    seen: dict[str, list[float]] = field(default_factory=dict)
    """For each name: its mark, and `passed` when it was first seen with this mark."""

    _asked: set[str] = field(default_factory=set)

    def start(self, now: datetime, up: Uptime) -> bool:
        """Record a start; returns whether anything may be dropped at it."""
        clock, day = now.timestamp(), f"{now:%Y-%m-%d}"
        if self._has_jumped(clock, up):
            self.unsure = day
        self.passed = max(self.passed, self._passed(clock, up))
        self.clock = clock
        if up.boot:
            self.boots.pop(up.boot, None)
            self.boots[up.boot] = [up.seconds, self.passed, clock]
            self.boots = dict(list(self.boots.items())[-_BOOTS:])
        if up.machine:
            self.machines.pop(up.machine, None)
            self.machines[up.machine] = [self.passed]
            self.machines = dict(list(self.machines.items())[-_BOOTS:])
        return day != self.unsure

    def _passed(self, clock: float, up: Uptime) -> float:
        """Seconds that have certainly passed until now."""
        if up.boot in self.boots:
            seconds, passed, _ = self.boots[up.boot]
            return passed + max(up.seconds - seconds, 0.0)
        if up.boot:
            # It booted after the last start on it; nothing is known of other machines.
            return self.machines[up.machine][0] + up.seconds if up.machine in self.machines else 0
        step = 0.0 if self.clock is None else clock - self.clock
        return self.passed + (step if 0 <= step <= MAX_STEP_DAYS * DAY else 0.0)

    def _has_jumped(self, clock: float, up: Uptime) -> bool:
        """Whether the clock must be wrong, or cannot be verified."""
        if up.boot in self.boots:
            seconds, _, then = self.boots[up.boot]
            return abs((clock - then) - (up.seconds - seconds)) > TOLERANCE_SECONDS
        return self.clock is None or not 0 <= clock - self.clock <= MAX_STEP_DAYS * DAY

    def age_days(self, name: str, mark: float = 0.0) -> float:
        """The days for which `name` has certainly existed with this `mark`."""
        self._asked.add(name)
        if name not in self.seen or self.seen[name][0] != mark:
            self.seen[name] = [mark, self.passed]
        return (self.passed - self.seen[name][1]) / DAY

    def forget_others(self) -> None:
        """Drop names that were not asked about since loading: their files are gone."""
        self.seen = {name: seen for name, seen in self.seen.items() if name in self._asked}


def load(folder: Path) -> Ledger:
    """Load the ledger of a folder of cases; a new one if it cannot be read."""
    ledger = Ledger()
    with suppress(CannotStore, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        tables = json.loads(read_bytes(folder / safe_open.OWN / FILE))
        ledger = Ledger(
            passed=_number(tables["passed"]),
            clock=_number(tables["clock"]),
            unsure=str(tables["unsure"]),
            boots=_rows(tables["boots"], 3),
            machines=_rows(tables["machines"], 1),
            seen=_rows(tables["seen"], 2),
        )
    return ledger


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        raise ValueError("no number")
    return float(value)


def _rows(table: Any, width: int) -> dict[str, list[float]]:
    rows = {str(name): list(map(_number, row)) for name, row in table.items()}
    if any(len(row) != width for row in rows.values()):
        raise ValueError("no such row")
    return rows


def save(folder: Path, ledger: Ledger) -> None:
    """Save a ledger; raises CannotStore."""
    path = folder / safe_open.OWN / FILE
    atomic.make_folder(path.parent)
    names = ("passed", "clock", "unsure", "boots", "machines", "seen")
    atomic.write(path, json.dumps({name: getattr(ledger, name) for name in names}).encode())

"""How much time has certainly gone by in a folder of cases, whatever its clocks say.

A clock may jump by years, and nothing may be dropped for that. So every start notes in
`.imr/days.json` how far time has come since the first one, by what the kernel has counted since
the machine was booted, which nobody can set. After a boot, at least that much has gone by since
the last start on the machine. Where a system does not tell, the clock is believed, but never more
than MAX_STEP_DAYS at once. So no time is counted that was not there, though some that was is not.
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
"""A clock that went further than this since the last start, without a running machine to show
that it is right, has jumped or the program was not used; both count as no time at all."""
TOLERANCE_SECONDS = 7_200.0
"""By how much a clock may differ from what the kernel counted and not have jumped."""
_BOOTS = 16
_MACHINE = Path("/etc/machine-id")
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Uptime:
    """For how long this machine has run."""

    boot: str
    """Which run of it that is; blank where that is not known."""
    seconds: float
    """Since it began, sleep included."""
    machine: str = ""
    """Which machine it is; blank where that is not known."""


def uptime() -> Uptime:
    """That of this machine now."""
    try:
        seconds = time.clock_gettime(time.CLOCK_BOOTTIME)
        return Uptime(_BOOT.read_text().strip(), seconds, _machine())
    except (OSError, AttributeError):
        return Uptime("", 0.0)


def _machine() -> str:
    """What tells this machine from others, but not to others which it is; blank if unknown."""
    try:
        name = f"{_MACHINE.read_text().strip()} {socket.gethostname()}"
    except OSError:
        return ""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


@dataclass
class Ledger:
    """What the starts in one folder have noted."""

    passed: float = 0.0
    """Seconds that have certainly gone by since the first start."""
    clock: float | None = None
    """What the clock said at the last start, in seconds since 1970."""
    unsure: str = ""
    """The day, by the clock, of the first start or of the last jump: nothing is dropped on it."""
    boots: dict[str, list[float]] = field(default_factory=dict)
    """By each run of a machine: its uptime at the last start, `passed` then, and the clock."""
    machines: dict[str, list[float]] = field(default_factory=dict)
    """By each machine: `passed` at the last start on it."""
    seen: dict[str, list[float]] = field(default_factory=dict)
    """By the name of what may be dropped: what it was when seen first, and `passed` then."""

    _asked: set[str] = field(default_factory=set)

    def start(self, now: datetime, up: Uptime) -> bool:
        """Take note of a start; whether anything may be dropped at it."""
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
        """How much time has certainly gone by until now."""
        if up.boot in self.boots:
            seconds, passed, _ = self.boots[up.boot]
            return passed + max(up.seconds - seconds, 0.0)
        if up.boot:
            # It was booted after the last start on it; of another machine nothing is known.
            return self.machines[up.machine][0] + up.seconds if up.machine in self.machines else 0
        step = 0.0 if self.clock is None else clock - self.clock
        return self.passed + (step if 0 <= step <= MAX_STEP_DAYS * DAY else 0.0)

    def _has_jumped(self, clock: float, up: Uptime) -> bool:
        """Whether the clock cannot be right, or there is nothing to judge it by."""
        if up.boot in self.boots:
            seconds, _, then = self.boots[up.boot]
            return abs((clock - then) - (up.seconds - seconds)) > TOLERANCE_SECONDS
        return self.clock is None or not 0 <= clock - self.clock <= MAX_STEP_DAYS * DAY

    def age_days(self, name: str, mark: float = 0.0) -> float:
        """For how many days `name` has certainly been what it is now, as told by `mark`."""
        self._asked.add(name)
        if name not in self.seen or self.seen[name][0] != mark:
            self.seen[name] = [mark, self.passed]
        return (self.passed - self.seen[name][1]) / DAY

    def forget_others(self) -> None:
        """Forget what nobody asked about since it was read: it is there no more."""
        self.seen = {name: seen for name, seen in self.seen.items() if name in self._asked}


def load(folder: Path) -> Ledger:
    """What is noted in a folder of cases; a new ledger where that cannot be read."""
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
    """Keep a ledger; raises CannotStore."""
    path = folder / safe_open.OWN / FILE
    atomic.make_folder(path.parent)
    names = ("passed", "clock", "unsure", "boots", "machines", "seen")
    atomic.write(path, json.dumps({name: getattr(ledger, name) for name in names}).encode())

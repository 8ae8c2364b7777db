"""When a session is locked, and when it ends, because nobody types."""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.store.config.machine_policy import Host

CHECK_SECONDS = 1.0
"""How often the time without a key is checked."""
MINUTE = 60.0


class Due(Enum):
    """What is due at a session in which nobody types."""

    NOTHING = "nothing"
    LOCK = "lock"
    LEAVE = "leave"


def due(idle: float, host: Host) -> Due:
    """What is due after so many seconds without a key."""
    if idle >= host.leave_minutes * MINUTE:
        return Due.LEAVE
    return Due.LOCK if idle >= host.idle_minutes * MINUTE else Due.NOTHING


def seconds() -> float:
    """A clock that nobody sets, and that counts while the process or the machine is stopped."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))

"""What is known of a process from outside: its children, its session, the time it took."""

import os
import signal
from pathlib import Path

PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


def _fields(pid: int) -> list[str]:
    """What `stat` says of a process, from its state on; nothing if it is gone."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="ascii", errors="surrogateescape")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(") ")[2].split()


def state(pid: int) -> str:
    """Its state, one letter; blank if it is gone."""
    return fields[0] if (fields := _fields(pid)) else ""


def is_running(pid: int) -> bool:
    """Whether it is there, and not only waited for."""
    return state(pid) not in ("", "Z", "X")


def is_busy(leader: int) -> bool:
    """Whether a process of a session works, or waits for a processor to."""
    return any(state(pid) == "R" for pid in of_session(leader))


def cpu_seconds(pid: int) -> float:
    """What it has used so far, without its children."""
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def children(pid: int) -> list[int]:
    """The processes that it started."""
    return [other for other in _all() if (fields := _fields(other)) and int(fields[1]) == pid]


def of_session(leader: int) -> list[int]:
    """The running processes of a session."""
    return [other for other in _all() if _session(other) == leader and is_running(other)]


def _session(pid: int) -> int:
    """Its session, which costs less than all its fields; 0 if it is gone."""
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def _all() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal to it alone."""
    os.kill(pid, number)

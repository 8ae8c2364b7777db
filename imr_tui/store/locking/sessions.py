"""Identifies processes and sessions, so that others can tell whether they still run."""

import os
import re
import secrets
import socket
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NAMESPACE = Path("/proc/self/ns/pid")
_UNNAMED = re.compile(r"[^A-Za-z0-9-]+")
_HOST_DIGITS = 8
_SESSION = re.compile(r"(?P<host>.+)-(?P<pid>\d+)-[0-9a-f]{8}", re.ASCII)


@cache
def session_id() -> str:
    """A unique name of this run: host name, process number and random digits."""
    return f"{_host()}-{os.getpid()}-{secrets.token_hex(4)}"


def is_running_elsewhere(session: str) -> bool:
    """Whether the session may be another running process on this machine.

    A session on another machine cannot be checked and counts as ended.
    """
    match = _SESSION.match(session)
    if match is None or match["host"] != _host() or int(match["pid"]) == os.getpid():
        return False
    return not Process(this_machine(), int(match["pid"]), "").is_gone()


def has_ended_here(session: str) -> bool:
    """Whether a session of this machine has ended, or is an earlier one of this process.

    For a caller that has the claim of that session, which this process gave up before.
    """
    match = _SESSION.match(session)
    if match is None or match["host"] != _host():
        return False
    pid = int(match["pid"])
    return pid == os.getpid() or Process(this_machine(), pid, "").is_gone()


def _host() -> str:
    return _UNNAMED.sub("-", socket.gethostname())[:40].strip("-") or "host"


@dataclass(frozen=True)
class Process:
    """A process on some machine."""

    machine: str
    """The boot id and process namespace of the machine; blank if unknown."""
    pid: int
    """The process number."""
    started: str
    """The start time in ticks since boot; blank if unknown."""

    def is_gone(self) -> bool:
        """Whether it has certainly ended; False for a process on another machine."""
        if not self.machine or self.machine != this_machine() or self.pid <= 0:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        now = started(self.pid)
        return bool(self.started and now) and now != self.started


def this_process() -> Process:
    """The current process."""
    return Process(this_machine(), os.getpid(), started(os.getpid()))


@cache
def this_machine() -> str:
    """An id shared by exactly those processes that see each other's numbers, or blank."""
    try:
        return f"{_BOOT.read_text().strip()} {_NAMESPACE.readlink()}"
    except OSError:
        return ""


def started(pid: int) -> str:
    """The start time of a process in ticks since boot; blank if it cannot be seen."""
    try:
        # Split after the program name, which is in parentheses and may contain anything.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def new_session() -> str:
    """A unique name for the files of a session: hash of the host, process number, random digits."""
    return f"{_host_digest()}.{os.getpid()}-{secrets.token_hex(4)}"


def may_be_running(session: str) -> bool:
    """Whether another process may still run as `session`; True for another machine.

    Only for file systems without locks: a lock is certain, and process numbers are reused.
    """
    host, _, rest = session.partition(".")
    pid = int(rest.partition("-")[0] or 0)
    return host != _host_digest() or (pid != os.getpid() and _is_running(pid))


def _host_digest() -> str:
    return f"{zlib.crc32(socket.gethostname().encode()):0{_HOST_DIGITS}x}"


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

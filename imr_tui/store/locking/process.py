"""Which process this is, so that another session can tell whether it still runs."""

import os
import re
import secrets
import socket
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NAMESPACE = Path("/proc/self/ns/pid")
_UNNAMED = re.compile(r"[^A-Za-z0-9-]+")


_SESSION = re.compile(r"(?P<host>.+)-(?P<pid>\d+)-[0-9a-f]{8}", re.ASCII)


@cache
def session_id() -> str:
    """A name that no other run of the program has: machine, process, and some letters of chance."""
    return f"{_host()}-{os.getpid()}-{secrets.token_hex(4)}"


def is_running_elsewhere(session: str) -> bool:
    """Whether another process of this machine may be the session of that name.

    One on another machine cannot be seen, and counts as gone.
    """
    match = _SESSION.match(session)
    if match is None or match["host"] != _host() or int(match["pid"]) == os.getpid():
        return False
    return not Process(this_machine(), int(match["pid"]), "").is_gone()


def _host() -> str:
    return _UNNAMED.sub("-", socket.gethostname())[:40].strip("-") or "host"


@dataclass(frozen=True)
class Process:
    """A process of some machine."""

    machine: str
    """The boot of the machine and its set of process numbers; blank where that is not known."""
    pid: int
    """Its number."""
    started: str
    """When it began, in ticks since the boot; blank where that is not known."""

    def is_gone(self) -> bool:
        """Whether it certainly runs no more; False for one of another machine."""
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
    """This one."""
    return Process(this_machine(), os.getpid(), started(os.getpid()))


@cache
def this_machine() -> str:
    """What only processes have in common that see each other's numbers, or blank."""
    try:
        return f"{_BOOT.read_text().strip()} {_NAMESPACE.readlink()}"
    except OSError:
        return ""


def started(pid: int) -> str:
    """When a process began, in ticks since the boot; blank where that cannot be seen."""
    try:
        # Behind the name of the program, which may hold anything but this bracket at its end.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""

"""Kill -9 at each system call that records an event: the log stays valid, and continues."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from imr_tui.store.audit.log import AuditLog
from tests.builders import NOW, NUMBER
from tests.terminal.traced import can_trace

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not can_trace(), reason="strace is not here or may not trace"),
]

MARK = "/the-event-begins-here"
RECORD = f"""
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from imr_tui.store.audit.log import AuditLog
log = AuditLog(Path(sys.argv[1]))
log.head()
os.path.lexists({MARK!r})
log.append("CM26-1", "opened", now=datetime.now(UTC))
"""
CALLS = "openat,read,pread64,write,fsync,ftruncate,flock,fstat,lseek,close,rename,renameat,mkdirat"
_NAME = re.compile(r"^(\d+ +)?(\w+)\(", re.MULTILINE)
SAMPLED = ("write", "fsync", "rename")
"""System calls at which the shorter test kills."""


def strace(cases: Path, *options: str) -> subprocess.CompletedProcess[str]:
    code = [sys.executable, "-c", RECORD, str(cases)]
    return subprocess.run(
        ["strace", "-qq", "-e", f"trace={CALLS},lstat,newfstatat", *options, *code],
        capture_output=True,
        text=True,
        timeout=60,
    )


def moments(cases: Path, tmp_path: Path) -> list[tuple[str, int]]:
    """The system calls that record an event: the name of each, and how many had it before."""
    log = tmp_path / "calls"
    assert strace(cases, "-o", str(log)).returncode == 0
    names = [(found[2], found.start()) for found in _NAME.finditer(log.read_text())]
    begin = log.read_text().index(MARK)
    counts: dict[str, int] = {}
    found = []
    for name, at in names:
        counts[name] = counts.get(name, 0) + 1
        if at > begin and name in CALLS.split(","):
            found.append((name, counts[name]))
    return found


def kill_at(cases: Path, name: str, count: int) -> bool:
    """Record an event, and kill the process at a system call; whether it was killed."""
    log = AuditLog(cases)
    head = log.head()
    done = strace(cases, "-o", "/dev/null", "-e", f"inject={name}:signal=KILL:when={count}")
    last = log.head()
    assert head is not None
    assert last is not None
    assert last.seq - head.seq in (0, 1)
    # Whatever is left over, the next event follows, and what was recorded is still there.
    new = log.append(NUMBER, "opened", now=NOW)
    assert log.check([head, last]) == (new, (), ())
    return done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)


@pytest.mark.parametrize(
    "every", [pytest.param(False, id="some"), pytest.param(True, id="all", marks=pytest.mark.slow)]
)
def test_a_killed_session_leaves_a_log_that_continues(
    cases: Path, tmp_path: Path, every: bool
) -> None:
    AuditLog(cases).append(NUMBER, "opened", now=NOW)
    found = moments(cases, tmp_path)
    assert {"write", "fsync", "flock", "openat"} <= {name for name, _ in found}
    chosen = [(name, count) for name, count in found if every or name in SAMPLED]
    killed = [kill_at(cases, name, count) for name, count in chosen]
    # How often Python reads while it starts differs a little.
    assert sum(killed) > len(chosen) * 0.8

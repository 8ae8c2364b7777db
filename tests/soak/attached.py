"""A command of `imr-tui` in a forked process that strace kills, or refuses, at one system call.

A fork needs no start, so that thousands of system calls can be tried within minutes. Only its main
thread is traced: ssh-keygen, which it starts, counts its own system calls.
"""

import ctypes
import os
import re
import signal
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from imr_tui.cli import dispatch
from tests.soak.acting import MARK
from tests.soak.crashes import CALLS, ERRORS, SHORT_WRITE, Point

MORE = ("rmdir", "dup2", "fchmod", "pwrite64", "pread64", "memfd_create", "fchown", "access")
"""The system calls of a signature that other acts do not make."""
TRACED = tuple(dict.fromkeys((*CALLS, *MORE, "faccessat", "faccessat2", "statx", "poll")))
REFUSED = {
    **ERRORS,
    "pread64": ("EIO",),
    "getdents64": ("EIO",),
    "newfstatat": ("EIO",),
    "fstat": ("EIO",),
    "ftruncate": ("EIO",),
    "fchmod": ("EIO",),
    "memfd_create": ("EMFILE",),
    "rmdir": ("EIO",),
}
"""How each can fail."""
_PR_SET_PTRACER, _ANYBODY = 0x59616D61, -1
_SPEAKS = re.compile(r"write\([12]<")


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    """Its exit code; -9 if it was killed."""
    says: str
    """What it wrote to standard output and standard error."""


def run(words: Sequence[str], *injections: str, log: str = "") -> Ended:
    """Run a command in a fork; traced if there is an injection or a `log`."""
    out = os.memfd_create("out")
    (gate, opens), (waits, ready) = os.pipe(), os.pipe()
    with warnings.catch_warnings():
        # The child has none of the threads that a test may have.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(opens)
        _act(words, out, gate, ready)
    os.close(gate)
    os.close(ready)
    # Traced from the gate on, so that each run counts the same system calls.
    os.read(waits, 1)
    os.close(waits)
    tracer = _attach(child, injections, log or os.devnull) if injections or log else None
    os.write(opens, b"x")
    os.close(opens)
    _, status = os.waitpid(child, 0)
    if tracer is not None:
        tracer.communicate(timeout=60)
    size = os.fstat(out).st_size
    says = os.pread(out, size, 0).decode("utf-8", "backslashreplace")
    os.close(out)
    return Ended(os.waitstatus_to_exitcode(status), says)


def _act(words: Sequence[str], out: int, gate: int, ready: int) -> None:
    """In the fork: wait at the gate, run the command, and end."""
    code = 70
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
        null = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((null, 0), (out, 1), (out, 2)):
            os.dup2(source, target)
        sys.stdin, sys.stdout, sys.stderr = map(os.fdopen, range(3), "rww")
        sys.argv = ["imr-tui", *words]
        os.close(ready)
        os.read(gate, 1)
        os.access(MARK, os.F_OK)
        dispatch.run()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException as error:
        os.write(2, f"Traceback: {error!r}".encode())
    finally:
        os._exit(code)


def _attach(child: int, injections: Sequence[str], log: str) -> "subprocess.Popen[bytes]":
    """Start strace, and wait until it traces the child."""
    command = ["strace", "-p", str(child), "-y", "-o", log, "-e", f"trace={','.join(TRACED)}"]
    for injection in injections:
        command += ["-e", injection]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    if b"attached" not in said:
        os.kill(child, signal.SIGKILL)
        raise AssertionError(said.decode())
    return tracer


def points(act: str, log: Path) -> Iterator[Point]:
    """Every system call of a traced command, with everything that can happen to it."""
    count: Counter[str] = Counter()
    acting = False
    for line in log.read_text(encoding="utf-8", errors="backslashreplace").splitlines():
        found = re.match(r"(\w+)\(", line)
        if found is None:
            continue
        acting = acting or MARK in line
        call = found[1]
        count[call] += 1
        if not acting or _SPEAKS.match(line) or MARK in line:
            continue
        yield Point(act, call, count[call], "signal=KILL")
        for error in REFUSED.get(call, ()):
            yield Point(act, call, count[call], f"error={error}")
        # Memory does not take a write by half.
        if call == "write" and "memfd:" not in line:
            yield Point(act, call, count[call], SHORT_WRITE)
            yield Point(act, call, count[call], "error=ENOSPC", until_end=True)
        if call == "fsync":
            yield Point(act, call, count[call], "error=EIO", until_end=True)

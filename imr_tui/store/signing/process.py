"""Runs ssh-keygen without access to the environment, the terminal and the user's files."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from imr_tui.errors import CannotSign
from imr_tui.store.safety import atomic
from imr_tui.store.safety.programs import is_safe

PROGRAM = Path("/usr/bin/ssh-keygen")
"""The only program that is started for signatures; never looked for by PATH."""
MAX_OUTPUT = 65_536
"""Bytes of output after which it is killed."""
_CHUNK = 65_536
_LOOK_SECONDS = 0.05
"""How often it is checked whether the reviewer cancelled."""
_RUNNING: set[subprocess.Popen[bytes]] = set()
_ENVIRONMENT = {"TZ": "UTC0"}
"""All variables that it gets: times that it reads are in UTC."""


class Finished(NamedTuple):
    """A process that ended."""

    code: int
    """Its exit code, 0 for success."""
    output: bytes
    """What it wrote to standard output."""
    says: str
    """What it wrote to standard error."""


def missing() -> str:
    """What to do if the program cannot be used, as a sentence."""
    return (
        f"{PROGRAM} is missing, or users other than root can change it. Install the package "
        "openssh-client."
    )


@contextmanager
def in_memory(data: bytes) -> Iterator[int]:
    """The descriptor of a file that exists only in memory, to be read from its beginning."""
    try:
        descriptor = os.memfd_create("imr-tui")
    except OSError as error:
        raise CannotSign(f"No memory for a signature: {atomic.reason(error)}.") from error
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def run(
    arguments: Sequence[str | bytes],
    stdin: bytes,
    seconds: float,
    *,
    open_files: Sequence[int] = (),
    variables: Mapping[str, str] | None = None,
    is_stopped: Callable[[], bool] | None = None,
) -> Finished:
    """Run ssh-keygen; raises CannotSign if it cannot be started or takes longer than `seconds`.

    It is stopped, too, as soon as `is_stopped` returns True, and by `stop_all`.

    Arguments that are bytes become the paths of files in memory that hold them, so that it reads
    exactly these bytes. `open_files`: descriptors that it may use, too.
    """
    if not is_safe(PROGRAM):
        raise CannotSign(missing())
    with ExitStack() as files:
        descriptors = list(open_files)
        command = [str(PROGRAM)]
        for each in arguments:
            if isinstance(each, bytes):
                descriptors.append(files.enter_context(in_memory(each)))
                command.append(f"/proc/self/fd/{descriptors[-1]}")
            else:
                command.append(each)
        process = _started(
            command,
            files.enter_context(in_memory(stdin)),
            descriptors,
            {**_ENVIRONMENT, **(variables or {})},
        )
        with process:
            try:
                _RUNNING.add(process)
                return _finished(process, time.monotonic() + seconds, is_stopped)
            except TimeoutError as error:
                _kill(process)
                raise CannotSign(
                    f"ssh-keygen took longer than {seconds:g} seconds, so it was stopped."
                ) from error
            except BaseException:
                _kill(process)
                raise
            finally:
                _RUNNING.discard(process)


def stop_all() -> None:
    """Stop every ssh-keygen, for which threads wait that end with this process.

    It would wait for an agent that never answers.
    """
    for process in tuple(_RUNNING):
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    # The whole group, as it starts programs for some keys.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _started(
    command: Sequence[str], stdin: int, open_files: Sequence[int], variables: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    try:
        # In a new session it has no terminal to ask on.
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd="/",
            env=variables,
            pass_fds=open_files,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotSign(f"{PROGRAM} could not be started: {atomic.reason(error)}.") from error


def _finished(
    process: subprocess.Popen[bytes], deadline: float, is_stopped: Callable[[], bool] | None
) -> Finished:
    """Read what a process writes, and wait for its end; raises TimeoutError, CannotSign."""
    output, says = b"", b""
    out, err = (pipe.fileno() for pipe in (process.stdout, process.stderr) if pipe is not None)
    poll = select.poll()
    for pipe in (out, err):
        poll.register(pipe, select.POLLIN)
    unfinished = 2
    while unfinished:
        left = max(deadline - time.monotonic(), 0)
        ready = poll.poll(min(left, _LOOK_SECONDS if is_stopped else left) * 1000)
        if not left and not ready:
            raise TimeoutError
        if is_stopped and is_stopped():
            raise CannotSign("It was cancelled. Nothing was signed.")
        for pipe, _ in ready:
            data = os.read(pipe, _CHUNK)
            if not data:
                poll.unregister(pipe)
                unfinished -= 1
            elif pipe == out:
                output += data
            else:
                says += data
        if len(output) + len(says) > MAX_OUTPUT:
            raise CannotSign("ssh-keygen wrote more than a signature, so it was stopped.")
    try:
        code = process.wait(max(deadline - time.monotonic(), 0))
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    return Finished(code, output, says.decode("utf-8", "backslashreplace"))

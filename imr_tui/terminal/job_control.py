"""Another program in the foreground of the terminal, until it ends."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.terminal.tty import Terminal

_POLL_MILLISECONDS = 50
_HANGUP_SECONDS = 0.5
"""How long a program that has the terminal may take to go when the line is lost."""
_POLL_SECONDS = 0.005
_UNCATCHABLE = {signal.SIGKILL, signal.SIGSTOP}
"""What no program can set."""


def run(
    argv: Sequence[str],
    environment: Mapping[str, str],
    terminal: Terminal,
    on_hangup: Callable[[], object],
) -> int:
    """Run a program on the terminal; its exit status, or the negative number of its signal.

    It is started by execve as it is, with every signal as it comes, and leads a group of its own
    that has the foreground. Waits for its end, and calls `on_hangup` where the terminal goes
    away before. Raises OSError for what cannot be started.
    """
    pid = os.posix_spawn(
        argv[0],
        list(argv),
        dict(environment),
        # What it says of its troubles belongs on the screen as well.
        file_actions=[(os.POSIX_SPAWN_DUP2, 1, 2)],
        setpgroup=0,
        setsigmask=(),
        setsigdef=signal.valid_signals() - _UNCATCHABLE,
    )
    with terminal.foreground(pid):
        return _wait_for_exit(pid, terminal, on_hangup)


def _wait_for_exit(pid: int, terminal: Terminal, on_hangup: Callable[[], object]) -> int:
    """Wait for its end; one that stops itself goes on, as there is no shell to wake it."""
    poll = select.poll()
    poll.register(terminal.fileno(), 0)
    while True:
        done, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
        if done and not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        if done and not terminal.is_child_paused:
            terminal.set_foreground(pid)
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGCONT)
        if poll.poll(_POLL_MILLISECONDS):
            poll = select.poll()
            on_hangup()


def hang_up(pgid: int) -> None:
    """End a pgid of processes as a lost line does, and by force where that does not help."""
    deadline = time.monotonic() + _HANGUP_SECONDS
    os.killpg(pgid, signal.SIGHUP)
    os.killpg(pgid, signal.SIGCONT)
    while time.monotonic() < deadline:
        os.killpg(pgid, 0)
        time.sleep(_POLL_SECONDS)
    os.killpg(pgid, signal.SIGKILL)

"""Runs another program in the foreground of the terminal."""

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
"""Seconds between SIGHUP and SIGKILL."""
_POLL_SECONDS = 0.005
_UNCATCHABLE = {signal.SIGKILL, signal.SIGSTOP}
"""Signals whose action cannot be set."""


def run(
    argv: Sequence[str],
    environment: Mapping[str, str],
    terminal: Terminal,
    on_hangup: Callable[[], object],
) -> int:
    """Run a program on the terminal; return its exit status, or minus its signal number.

    It leads its own process group in the foreground, with default signal actions. `on_hangup` is
    called if the terminal hangs up meanwhile. Raises OSError if it cannot be started.
    """
    pid = os.posix_spawn(
        argv[0],
        list(argv),
        dict(environment),
        # Its error messages belong on the screen, too.
        file_actions=[(os.POSIX_SPAWN_DUP2, 1, 2)],
        setpgroup=0,
        setsigmask=(),
        setsigdef=signal.valid_signals() - _UNCATCHABLE,
    )
    with terminal.foreground(pid):
        return _wait_for_exit(pid, terminal, on_hangup)


def _wait_for_exit(pid: int, terminal: Terminal, on_hangup: Callable[[], object]) -> int:
    """Wait for exit; a child that stops itself is continued, as there is no shell to do it."""
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
    """End a process group with SIGHUP, and with SIGKILL if it is still there after a while."""
    deadline = time.monotonic() + _HANGUP_SECONDS
    os.killpg(pgid, signal.SIGHUP)
    os.killpg(pgid, signal.SIGCONT)
    while time.monotonic() < deadline:
        os.killpg(pgid, 0)
        time.sleep(_POLL_SECONDS)
    os.killpg(pgid, signal.SIGKILL)

"""Another program in the foreground of the terminal, until it ends."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.terminal.tty import Terminal

_ROUND_MILLISECONDS = 50
_OURS_ALONE = {signal.SIGKILL, signal.SIGSTOP}
"""What no program can set."""


def run(
    argv: Sequence[str],
    environment: Mapping[str, str],
    terminal: Terminal,
    is_gone: Callable[[], object],
) -> int:
    """Run a program on the terminal; its exit status, or the negative number of its signal.

    It is started by execve as it is, with every signal as it comes, and leads a group of its own
    that has the foreground. Waits for its end, and calls `is_gone` where the terminal goes
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
        setsigdef=signal.valid_signals() - _OURS_ALONE,
    )
    with terminal.lent_to(pid):
        return _ended(pid, terminal, is_gone)


def _ended(pid: int, terminal: Terminal, is_gone: Callable[[], object]) -> int:
    """Wait for its end; one that stops itself goes on, as there is no shell to wake it."""
    line = select.poll()
    line.register(terminal.fileno(), 0)
    while True:
        done, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
        if done and not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        if done and not terminal.is_covered:
            terminal.put_in_front(pid)
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGCONT)
        if line.poll(_ROUND_MILLISECONDS):
            line = select.poll()
            is_gone()

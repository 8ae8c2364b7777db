"""How long a program takes, from outside: to its end, or to its first full paint."""

import os
import pty
import select
import signal
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.session import SIZE
from tests.terminal.driver import TIMEOUT, environment


def wall(argv: Sequence[str], home: Path, **env: str) -> float:
    """Seconds that a command takes from start to end."""
    start = time.perf_counter()
    subprocess.run(argv, env=environment(home, env), cwd=home, capture_output=True, check=False)
    return time.perf_counter() - start


def first_paint(argv: Sequence[str], home: Path, *shows: bytes) -> float:
    """Seconds until a program on a terminal has sent all of the words it is to show."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, SIZE[::-1])
    start = time.perf_counter()
    process = subprocess.Popen(
        argv,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment(home, {}),
        cwd=home,
        start_new_session=True,
    )
    os.close(slave)
    try:
        sent = b""
        while not all(words in sent for words in shows):
            left = start + TIMEOUT - time.perf_counter()
            if not select.select([master], [], [], max(left, 0))[0]:
                raise TimeoutError(f"{shows} never came")
            sent += os.read(master, 65536)
        return time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(master)

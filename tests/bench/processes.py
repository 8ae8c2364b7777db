"""What a process takes, with all that it has started."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def tree(pid: int) -> list[int]:
    """A process and those below it."""
    return [pid, *(each for child in children(pid) for each in tree(child))]


def children(pid: int) -> Iterator[int]:
    with suppress(OSError):
        for tasks in (PROC / str(pid) / "task").glob("*/children"):
            yield from map(int, tasks.read_text().split())


def cpu(pid: int) -> float:
    """Milliseconds of a processor: the kernel's own clock of each process."""
    spent = 0.0
    for each in tree(pid):
        with suppress(OSError):
            spent += time.clock_gettime(~each << 3 | 2) * 1000
    return spent


def memory(pid: int) -> float:
    """Megabytes that are resident."""
    sizes = (resident(each) for each in tree(pid))
    return sum(sizes) / 1024


def resident(pid: int) -> int:
    """Kilobytes, as the kernel tells them."""
    with suppress(OSError):
        for line in (PROC / str(pid) / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0

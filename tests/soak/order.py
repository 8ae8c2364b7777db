"""Whether every file came to its place in the order that outlives a power cut."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from tests.soak.acting import ACTS
from tests.soak.crashes import trace

_CALL = re.compile(r"\d+ +(\w+)\((.*)\) += (\S+)")
_OPEN_FILE = re.compile(r"\d+<([^>]*)>")
_PATHS = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"([^"]*)"')


def commits(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every commit in a trace: the name that a file got, and what is wrong with how, or blank.

    The order is write, fsync of the file, rename (exchange, link), fsync of its folder, and
    nothing may be written to the file after its fsync.
    """
    synced: set[str] = set()
    waiting: dict[str, list[str]] = {}
    done: list[tuple[str, str]] = []
    for line in lines:
        call, arguments, result = _parts(line)
        if result.startswith("-1"):
            continue
        opened = _OPEN_FILE.match(arguments)
        if call in ("write", "pwrite64", "ftruncate") and opened:
            synced.discard(opened[1])
        elif call in ("fsync", "fdatasync") and opened:
            synced.add(opened[1])
            done += [(name, "") for name in waiting.pop(opened[1], [])]
        elif call.startswith(("rename", "link")):
            source, target = (str(PurePath(*each)) for each in _PATHS.findall(arguments)[:2])
            if source not in synced:
                done.append((target, "not synced before it got its name"))
            waiting.setdefault(str(PurePath(target).parent), []).append(target)
    yield from done
    for names in waiting.values():
        yield from ((name, "its folder was not synced afterwards") for name in names)


def _parts(line: str) -> tuple[str, str, str]:
    found = _CALL.match(line)
    return (found[1], found[2], found[3]) if found else ("", "", "")


def campaign() -> Iterator[str]:
    """The commits of every act; each that came about in another order is a fault."""
    count = 0
    for act in ACTS:
        for name, wrong in commits(trace(act)):
            count += 1
            if wrong:
                yield f"  fault: {act}: {name}: {wrong}"
    yield f"commits in the right order        {count}"

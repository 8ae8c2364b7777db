"""What the log of a server says that the reviewer told it to do."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.soak.failures.sites import ROLE

_BEGINS = re.compile(r"(\d+)\|(\w*)\|")
"""How a line begins that does not belong to the statement before: a process, and a role."""
_TOLD = re.compile(r"LOG:  (?:execute|statement)")
_DATA = re.compile(r"(?:from|update|into|join)\s+(?:cases|claims|files|versions|audit)\b", re.I)


class Told(NamedTuple):
    """What a server was told until now."""

    sessions: frozenset[int]
    """The processes of the reviewer's connections."""
    statements: tuple[tuple[int, str], ...]
    """The reviewer's statements that name a table with data, and the process of each."""


def told(lines: Sequence[str]) -> Told:
    """What the reviewer told a server, by its log."""
    begun = [found for line in lines if (found := _BEGINS.match(line)) and found[2] == ROLE]
    statements = [(pid, sql) for pid, sql in _statements(lines) if _DATA.search(sql)]
    return Told(frozenset(int(found[1]) for found in begun), tuple(statements))


def _statements(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each has the lines up to the next one that begins with a process."""
    process, sql = 0, ""
    for line in [*lines, "0||"]:
        found = _BEGINS.match(line)
        if found is None:
            sql += f" {line.strip()}" if process else ""
            continue
        if process:
            yield process, sql
        is_told = found[2] == ROLE and _TOLD.match(line, found.end())
        process, sql = (int(found[1]), line[found.end() :]) if is_told else (0, "")

"""Notes the head of an audit log outside of its folder, so that removed events are noticed.

A log that was cut, or restored from a backup, is valid in itself. Only a place that does not
change with the folder can tell that it held more events.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ImrError
from imr_tui.signing.head import Head, parse_head
from imr_tui.store.config.demo_mark import is_demo
from imr_tui.store.config.machine_policy import load_host, require_root
from imr_tui.store.config.state_folder import state_folder
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.config.machine_policy import Host

Holding = Callable[[Collection[Head]], frozenset[Head]]
"""Returns those of some heads that a log holds."""
SYSLOG_NAME = "imr-tui"
"""The program name of the lines in the system log."""
MAX_LOST = 50
"""How many heads are kept of which later events were removed."""
_NOTED = re.compile(r'log head (\d+ [0-9a-f]{64}) of ("(?:[^"\\]|\\.)*")', re.ASCII)


class Noted(NamedTuple):
    """A head that was noted outside of the folder."""

    head: Head
    """The head."""
    where: str
    """The file that says so, for people."""
    is_proof: bool
    """Whether only root could have changed the file."""


def note(folder: Path, head: Head, holding: Holding) -> None:
    """Note the head of the log of `folder`, for this account and, if the site wants, in syslog.

    Does nothing where that fails: the event itself is recorded already. Nor for a demonstration,
    of which nothing stays.
    """
    if is_demo(folder):
        return
    with suppress(ImrError, OSError):
        _note_in_home(folder, head, holding)
    with suppress(ImrError, OSError):
        if load_host().log_to_syslog:
            _note_in_syslog(folder, head)


def noted(folder: Path, host: Host) -> Iterator[Noted]:
    """The heads that are noted for `folder`; raises BadInput, CannotStore."""
    path = account_heads(folder)
    if os.path.lexists(path):
        yield from (Noted(head, str(path), is_proof=False) for head in _heads(path))
    if host.log_heads:
        path = Path(host.log_heads)
        require_root(path, "The audit log was not compared with it.")
        for head in heads_in(folder, read_bytes(path).decode("utf-8", "backslashreplace")):
            yield Noted(head, str(path), is_proof=True)


def heads_in(folder: Path, text: str) -> Iterator[Head]:
    """The heads of the log of `folder` in a text with lines of the system log."""
    name = _name(folder)
    for found in _NOTED.finditer(text):
        head = parse_head(found[1])
        if head is not None and found[2] == name:
            yield head


def account_heads(folder: Path) -> Path:
    """The file of this account that holds the last head of the log of `folder`."""
    digest = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()
    return state_folder() / "heads" / digest[:32]


def _note_in_home(folder: Path, head: Head, holding: Holding) -> None:
    path = account_heads(folder)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = _heads(path) if os.path.lexists(path) else ()
    # The first one is the last that was noted; the others were lost with removed events.
    still_there = holding(before[:1])
    kept = [head, *(each for each in before if each not in still_there)]
    lines = [_name(folder), *map(str, kept[: MAX_LOST + 1])]
    atomic.write(path, "".join(f"{line}\n" for line in lines).encode())


def _heads(path: Path) -> tuple[Head, ...]:
    lines = read_bytes(path).decode("ascii", "backslashreplace").splitlines()
    return tuple(head for line in lines if (head := parse_head(line)) is not None)


def _note_in_syslog(folder: Path, head: Head) -> None:
    # Needed by few sites.
    import syslog

    syslog.openlog(SYSLOG_NAME, syslog.LOG_PID, syslog.LOG_AUTHPRIV)
    syslog.syslog(syslog.LOG_NOTICE, f"log head {head} of {_name(folder)}")
    syslog.closelog()


def _name(folder: Path) -> str:
    """The path of a folder in one line of ASCII."""
    return json.dumps(os.path.realpath(folder))

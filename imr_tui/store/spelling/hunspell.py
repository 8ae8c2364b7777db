"""The system's hunspell: where it is installed, and a process of it that checks words."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

from imr_tui.spelling.protocol import BadReply, ReplyReader, Suggestions, request, verdict
from imr_tui.store.safety.programs import is_safe

PROGRAMS: tuple[Path, ...] = (Path("/usr/bin/hunspell"), Path("/usr/local/bin/hunspell"))
"""Where hunspell is looked for; nowhere else, and never by PATH."""
DICTIONARIES = (
    Path("/usr/share/hunspell"),
    Path("/usr/share/myspell/dicts"),
    Path("/usr/local/share/hunspell"),
)
"""Where its dictionaries are looked for."""
LANGUAGE = "en_US"
MEDICAL = ("en_MED", "en_med_glut")
"""Names of the dictionary of medical words; Debian's package hunspell-en-med has the second."""
SECONDS = 5.0
"""After so long without a reply hunspell is killed."""
_NICE = 5
"""Added to the priority, so that suggestions never compete with keys."""
_AT_ONCE = 50
"""Words per request: less than a pipe holds, so that writing never waits."""
_CHUNK = 65_536


class SpellerFailed(Exception):
    """Why hunspell cannot be used any more, as a sentence."""


class Installed(NamedTuple):
    """The program and its dictionaries."""

    program: Path
    """Absolute path of the program."""
    dictionaries: tuple[Path, ...]
    """Paths of the dictionaries, without their suffix: English first, then medical words."""

    @property
    def command(self) -> list[str]:
        """The command that starts it."""
        named = ",".join(map(str, self.dictionaries))
        return [str(self.program), "-a", "-i", "UTF-8", "-d", named]


def find_installed() -> Installed | None:
    """The hunspell of the system with an English dictionary; None if either is missing."""
    program = next(filter(is_safe, PROGRAMS), None)
    english = _dictionary(LANGUAGE, ".aff", ".dic")
    if program is None or english is None:
        return None
    medical = next(filter(None, (_dictionary(name, ".dic") for name in MEDICAL)), None)
    return Installed(program, (english, medical) if medical else (english,))


def _dictionary(name: str, *suffixes: str) -> Path | None:
    paths = (folder / name for folder in DICTIONARIES)
    return next((p for p in paths if all(p.with_suffix(each).is_file() for each in suffixes)), None)


class Hunspell:
    """A process of hunspell, with an empty environment and no access to the terminal."""

    def __init__(self, installed: Installed, seconds: float = SECONDS) -> None:
        """Start it; raises SpellerFailed. `seconds`: how long it may take for a reply."""
        self._seconds = seconds
        self._replies = ReplyReader()
        try:
            # In a new session, so that no key of the terminal reaches it.
            self._process = subprocess.Popen(
                installed.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                cwd="/",
                env={},
                start_new_session=True,
            )
        except OSError as error:
            why = (error.strerror or "unknown error").lower()
            raise SpellerFailed(f"hunspell could not be started: {why}.") from error
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)

    def ask(self, words: Sequence[str]) -> Iterator[tuple[str, Suggestions | None]]:
        """Yield each word with its suggestions, or with None if it is right.

        Raises SpellerFailed if hunspell ends, does not reply in time, or breaks the protocol. It
        was killed then.
        """
        try:
            for at in range(0, len(words), _AT_ONCE):
                yield from self._ask(words[at : at + _AT_ONCE])
        except BadReply as error:
            self.end()
            raise SpellerFailed(f"hunspell gave {error}.") from error
        except OSError as error:
            self.end()
            raise SpellerFailed("hunspell ended.") from error
        except SpellerFailed:
            self.end()
            raise

    def _ask(self, words: Sequence[str]) -> Iterator[tuple[str, Suggestions | None]]:
        os.write(_fileno(self._process.stdin), request(words))
        unanswered = deque(words)
        deadline = time.monotonic() + self._seconds
        while unanswered:
            for line in self._replies.feed(self._read(deadline)):
                if not unanswered:
                    raise BadReply("more replies than words")
                word = unanswered.popleft()
                yield word, verdict(word, line)
                deadline = time.monotonic() + self._seconds

    def _read(self, deadline: float) -> bytes:
        """The next part of the replies; raises SpellerFailed if none comes until `deadline`."""
        replies = _fileno(self._process.stdout)
        poll = select.poll()
        poll.register(replies, select.POLLIN)
        if not poll.poll(max(deadline - time.monotonic(), 0) * 1000):
            raise SpellerFailed(f"hunspell did not reply within {self._seconds:g} seconds.")
        if not (data := os.read(replies, _CHUNK)):
            raise SpellerFailed("hunspell ended.")
        return data

    def kill(self) -> None:
        """Kill the process; from any thread. A pending `ask` fails then."""
        with suppress(ProcessLookupError):
            self._process.kill()

    def end(self) -> None:
        """Kill the process and wait for it; on the thread that asks."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)


def _fileno(pipe: IO[bytes] | None) -> int:
    if pipe is None:
        raise AssertionError("both pipes were asked for")
    return pipe.fileno()

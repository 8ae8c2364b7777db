"""What goes over the wire of a login, and whether all that is typed arrives over a slow one."""

import shlex
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from tests.bench.figures import Figure, LeftOut, Plan
from tests.bench.programs import Program, ours, vim
from tests.bench.proxy import Line, line_to
from tests.bench.samples import case_at, on_disk
from tests.bench.session import OpenCase, listen
from tests.bench.texts import WORDS
from tests.terminal import sshd
from tests.terminal.driver import TIMEOUT, environment

RATE = 8
"""Keys a second."""
LINES = {"near": 0.0, "150 ms": 0.075}
"""Seconds that a byte takes each way."""
REST = 2.0
"""Seconds in which what the keys have caused arrives, over either line."""


@dataclass
class Login:
    """A program over ssh, the line that it goes over, and the text that it has saved."""

    program: Program
    session: OpenCase
    line: Line
    saved: Callable[[], str]
    down: int = 0
    """Bytes that came down for the keys."""

    def save(self) -> None:
        if self.program.name == "vim":
            self.session.put(b"\x1b")
            self.session.settle()
            self.session.put(b":w\r")

    def arrived(self, sentence: str) -> int:
        """How many of the characters are on the disk, in their order."""
        self.save()
        deadline = time.perf_counter() + TIMEOUT
        while self.saved().strip() != sentence and time.perf_counter() < deadline:
            self.session.read(0.1)
        return common(self.saved(), sentence)


def wire(place: Path, plan: Plan) -> Iterator[Figure]:
    """The same sentence over a near and over a far line."""
    if not sshd.available():
        raise LeftOut("there is no ssh with a server that can run here")
    keys = place / "sshd"
    keys.mkdir()
    with sshd.serving(keys) as server:
        lines = list(LINES.items())[-1 if plan.is_short else 0 :]
        for number, (name, seconds) in enumerate(lines):
            home = place / str(number)
            home.mkdir()
            yield from typed_over(server, home, f"{name} line", seconds, plan)


def typed_over(
    server: sshd.Sshd, home: Path, name: str, seconds: float, plan: Plan
) -> Iterator[Figure]:
    """A sentence typed in the program and in vim, each over a line of its own."""
    sentence = words(plan.sentence)
    case, text = case_at(home, "rationale"), home / "text.txt"
    text.write_text("", encoding="utf-8")
    programs: list[tuple[Program, Callable[[], str]]] = [
        (ours(case, "Decision:", keys=(["i"],)), lambda: on_disk(case).items[0].rationale),
        (vim(text, "text.txt"), lambda: text.read_text(encoding="utf-8")),
    ]
    with ExitStack() as stack:
        logins = [
            log_in(stack, server, program, saved, home, seconds)
            for program, saved in programs
            if program.is_there
        ]
        type_on(logins, sentence)
        arrived = [login.arrived(sentence) for login in logins]
    mine, *floor = [login.down / len(sentence) for login in logins]
    against = "vim" if floor else programs[1][0].missing
    base, there = (floor[0], arrived[1]) if floor else (None, None)
    yield Figure(f"{name}: bytes a key", mine, base, "bytes", against)
    yield Figure(f"{name}: characters saved", arrived[0], there, "", against, ideal=len(sentence))


def words(count: int) -> str:
    """A sentence of so many words."""
    return " ".join((WORDS * (count // len(WORDS) + 1))[:count])


def common(there: str, wanted: str) -> int:
    """How many characters two texts begin with that are the same."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(there, wanted, strict=False))
    )


def log_in(
    stack: ExitStack,
    server: sshd.Sshd,
    program: Program,
    saved: Callable[[], str],
    home: Path,
    seconds: float,
) -> Login:
    line = stack.enter_context(line_to(server.port, seconds))
    settings = [f"{name}={value}" for name, value in environment(home, {}).items()]
    command = shlex.join(["env", "-C", str(home), *settings, *program.argv])
    argv = replace(server, port=line.port).argv(command)
    session = stack.enter_context(OpenCase(argv, home))
    program.lead(session)
    session.settle(REST)
    return Login(program, session, line, saved)


def type_on(logins: Sequence[Login], sentence: str) -> None:
    """Type in all programs at once, as fast as somebody who types well."""
    marks = [login.line.down for login in logins]
    due = time.perf_counter()
    sessions = [login.session for login in logins]
    for key in sentence:
        for session in sessions:
            session.put(key.encode())
        due += 1 / RATE
        listen(sessions, due - time.perf_counter())
    listen(sessions, REST)
    for login, mark in zip(logins, marks, strict=True):
        login.down = login.line.down - mark

"""A server set up as the manual says, and a case worked through it under strace."""

import grp
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.spelling.fakes import REAL
from tests.terminal.sshd import Sshd, serving
from tests.terminal.traced import PROCESSES, executed, network, traced

MANUAL = Path(__file__).parents[2] / "imr_tui" / "manual"
PYTHON = "/opt/imr-tui/.venv/bin/python"
GROUP = "imr-reviewers"


@dataclass(frozen=True)
class Forced:
    """The server, and what its account gets to see."""

    sshd: Sshd
    launcher: Path
    """What stands for Python in the configuration; it is written anew for each folder."""

    def open(self, folder: Path) -> None:
        """Have the next login open `folder`, traced."""
        command = traced(self.log, PROCESSES, [sys.executable])
        text = f'#!/bin/sh\nexec {shlex.join(command)} "$@" {shlex.quote(str(folder))}\n'
        self.launcher.write_text(text, encoding="utf-8")
        self.launcher.chmod(0o700)

    @property
    def log(self) -> Path:
        """What strace saw of the last login."""
        return self.launcher.with_name("trace")

    def strangers(self) -> Sequence[str]:
        """What was executed besides Python and hunspell, and every socket to the network."""
        expected = {sys.executable, *map(str, REAL)}
        return [*executed(self.log) - expected, *network(self.log)]


def block() -> str:
    """The configuration in the manual."""
    text = (MANUAL / "ssh.md").read_text(encoding="utf-8")
    start = text.index(f"Match Group {GROUP}")
    return text[start : text.index("```", start)]


@contextmanager
def forcing(place: Path) -> Iterator[Forced]:
    """Run a server with the manual's block: only the group and the path of Python are others."""
    launcher = place / "python"
    group = grp.getgrgid(os.getgid()).gr_name
    settings = block().replace(GROUP, group).replace(PYTHON, str(launcher))
    assert str(launcher) in settings
    (place / "sshd").mkdir()
    with serving(place / "sshd", f"PermitUserEnvironment no\n{settings}") as sshd:
        yield Forced(sshd, launcher)

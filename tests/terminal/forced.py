"""A server set up as the manual says, and a case worked through it under strace."""

import grp
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imr_tui.cli.runtime import hardening
from tests.spelling.fakes import REAL
from tests.terminal.sshd import Sshd, serving
from tests.terminal.traced import PROCESSES, executed, network, traced

MANUAL = Path(__file__).parents[2] / "imr_tui" / "manual"
PYTHON = "/opt/imr-tui/.venv/bin/python"
GROUP = "imr-reviewers"
WITHOUT_AGENT, WITH_AGENT = "AllowAgentForwarding no", "AllowAgentForwarding yes"


@dataclass(frozen=True)
class Forced:
    """The server, and what its account gets to see."""

    sshd: Sshd
    launcher: Path
    """What stands for Python in the configuration; it is written anew for each folder."""

    def open(self, folder: Path, program: str = "") -> None:
        """Have the next login open `folder`, traced; in a `program` instead of imr-tui itself."""
        words = ["-I", "-X", "utf8", "-c", program, hardening.OPTION] if program else []
        command = shlex.join(traced(self.log, PROCESSES, [sys.executable, *words]))
        rest = "" if program else ' "$@"'
        text = f"#!/bin/sh\nexec {command}{rest} {shlex.quote(str(folder))}\n"
        self.launcher.write_text(text, encoding="utf-8")
        self.launcher.chmod(0o700)

    @property
    def log(self) -> Path:
        """What strace saw of the last login."""
        return self.launcher.with_name("trace")

    def strangers(self, *known: Path) -> Sequence[str]:
        """What was executed besides Python, hunspell and `known`; every socket to the network."""
        expected = {sys.executable, *map(str, (*REAL, *known))}
        return [*executed(self.log) - expected, *network(self.log)]


def block() -> str:
    """The configuration in the manual."""
    text = (MANUAL / "ssh.md").read_text(encoding="utf-8")
    start = text.index(f"Match Group {GROUP}")
    return text[start : text.index("```", start)]


@contextmanager
def forcing(place: Path, *, has_agent: bool = False) -> Iterator[Forced]:
    """Run a server with the manual's block: only the group and the path of Python are others.

    With an agent it allows what the manual says that signing needs.
    """
    launcher = place / "python"
    group = grp.getgrgid(os.getgid()).gr_name
    settings = block().replace(GROUP, group).replace(PYTHON, str(launcher))
    assert str(launcher) in settings
    if has_agent:
        assert WITHOUT_AGENT in settings
        assert WITH_AGENT in (MANUAL / "ssh.md").read_text(encoding="utf-8")
        settings = settings.replace(WITHOUT_AGENT, WITH_AGENT)
    (place / "sshd").mkdir()
    with serving(place / "sshd", f"PermitUserEnvironment no\n{settings}") as sshd:
        yield Forced(sshd, launcher)

"""Completion in real shells: what is typed, a Tab, and the line that the shell makes of it."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from imr_tui.checks import RULES
from imr_tui.model.case import Particulars
from tests.builders import a_complete_case, saved
from tests.requirements import skip_or_fail

pytestmark = [pytest.mark.process, pytest.mark.slow]

COMMANDS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
"""How each shell is started without the files of whoever runs the tests."""
SETUPS = {
    "bash": ["PS1='ready> '", "bind 'set enable-bracketed-paste off'"],
    "zsh": [
        "autoload -Uz compinit && compinit -u -D",
        "PROMPT='ready> '",
        "unsetopt PROMPT_SP AUTO_REMOVE_SLASH",
    ],
    "fish": ["function fish_prompt; echo -n 'ready> '; end", "set -g fish_greeting"],
}
SOURCES = {
    "bash": 'eval "$(imr-tui completion bash)"',
    "zsh": 'eval "$(imr-tui completion zsh)"',
    "fish": "imr-tui completion fish | source",
}
UNIQUE = next(
    number for number in sorted(RULES) if sum(each.startswith(number[:-1]) for each in RULES) == 1
)
"""A rule that is completed from its id without the last digit."""
NUMBERS = ("CM26-0190442", "CM14-0187654")
RESTRICTED = """
from imr_tui.cli import main
from imr_tui.store.config import machine_policy
machine_policy.is_restricted = lambda: True
main()
"""
"""A program that is imr-tui on a machine that is restricted to the app."""
AT_START, AT_END = "\x01", "\x05"
"""Move the cursor to the start and the end of the line, in each shell."""


class Shell:
    """A shell with the completion script, in a folder that holds `cases`."""

    def __init__(self, name: str, place: Path, env: dict[str, str]) -> None:
        program, *options = COMMANDS[name]
        self._child = pexpect.spawn(
            program, options, cwd=place, env=env, dimensions=(50, 200), encoding="utf-8", timeout=60
        )
        self._child.delaybeforesend = None
        for line in (*SETUPS[name], SOURCES[name]):
            self._child.sendline(line)

    def completed(self, typed: str) -> str:
        """The line that a Tab makes of what was typed."""
        # The quotes keep the mark from being found in the line instead of its output.
        self._child.send(f"{typed}\t{AT_START}echo MA''RK: {AT_END}\r")
        self._child.expect_exact("MARK: ")
        self._child.expect_exact("\n")
        return str(self._child.before).strip()

    def close(self) -> None:
        self._child.close(force=True)


@pytest.fixture
def place(cases: Path, tmp_path: Path) -> Path:
    """A folder with cases, a letter, and `imr-tui` in `bin`."""
    for number in NUMBERS:
        saved(cases, a_complete_case().but(particulars=Particulars(number=number)))
    (tmp_path / "letter one.txt").touch()
    (tmp_path / "letters").mkdir()
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "imr-tui"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m imr_tui "$@"\n')
    program.chmod(0o700)
    return tmp_path


@pytest.fixture(params=COMMANDS)
def shell(request: pytest.FixtureRequest, place: Path) -> Iterator[Shell]:
    name = request.param
    skip_or_fail(name, "" if shutil.which(name) else f"{name} is not installed")
    path = f"{place / 'bin'}:{os.environ.get('PATH', os.defpath)}"
    env = {"PATH": path, "HOME": str(place), "TERM": "xterm", "LANG": "C.UTF-8"}
    started = Shell(name, place, env)
    yield started
    started.close()


def test_a_tab_completes_the_line(shell: Shell) -> None:
    for typed, line in {
        "imr-tui hist": "imr-tui history",
        f"imr-tui {NUMBERS[0][:5]}": f"imr-tui {NUMBERS[0]}",
        f"imr-tui letter {NUMBERS[0][:5]}": f"imr-tui letter {NUMBERS[0]}",
        f"imr-tui check {NUMBERS[0]} {NUMBERS[1][:5]}": f"imr-tui check {NUMBERS[0]} {NUMBERS[1]}",
        "imr-tui check --conc": "imr-tui check --concise",
        f"imr-tui rules {UNIQUE[:-1]}": f"imr-tui rules {UNIQUE}",
        f"imr-tui check --select IMR102,{UNIQUE[:-1]}": f"imr-tui check --select IMR102,{UNIQUE}",
        "imr-tui list --state dr": "imr-tui list --state draft",
        "imr-tui list --state=dr": "imr-tui list --state=draft",
        "imr-tui phrases exp": "imr-tui phrases export",
        "imr-tui help first": "imr-tui help first-letter",
        "imr-tui list --folder ca": "imr-tui list --folder cases/",
        "imr-tui list --folder=ca": "imr-tui list --folder=cases/",
        "imr-tui letter cas": "imr-tui letter cases/",
        "imr-tui import letters": "imr-tui import letters/",
        "imr-tui letter --width 8": "imr-tui letter --width 8",
    }.items():
        assert shell.completed(typed) == line


def test_nothing_is_completed_on_a_restricted_machine(place: Path, shell: Shell) -> None:
    assert shell.completed("imr-tui hist") == "imr-tui history"
    text = f"#!/bin/sh\nexec {sys.executable} -c '{RESTRICTED}' \"$@\"\n"
    (place / "bin" / "imr-tui").write_text(text)
    assert shell.completed("imr-tui hist") == "imr-tui hist"
    assert shell.completed("imr-tui check --conc") == "imr-tui check --conc"

"""Programs in the place of hunspell, and the real one where it is installed."""

import os
import sys
from pathlib import Path

import pytest

from imr_tui.store.spelling import hunspell
from imr_tui.store.spelling.hunspell import Hunspell, Installed

REAL = hunspell.PROGRAMS
"""Where the real one is looked for; the tests have it found nowhere."""
GREETING = "@(#) International Ispell Version 3.2.06 (but really Hunspell 1.7.1)"
WRONG = {"swolen": "swollen, solen", "tendr": "tender", "qqqq": ""}
"""The words that `answering` reports, with their suggestions."""
_HEAD = f"import sys, time\nprint({GREETING!r}, flush=True)\n"


def real() -> Installed | None:
    """The hunspell of the system."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hunspell, "PROGRAMS", REAL)
        return hunspell.find_installed()


needs_hunspell = pytest.mark.skipif(
    next(filter(os.path.exists, REAL), None) is None, reason="hunspell is not installed"
)


def program(folder: Path, body: str) -> Installed:
    """A program that greets like hunspell and then runs `body`."""
    path = folder / "hunspell"
    path.write_text(f"#!{sys.executable} -I\n{_HEAD}{body}")
    path.chmod(0o755)
    return Installed(path, (folder / "en_US",))


def answering(folder: Path) -> Installed:
    """A program that reports the words of WRONG."""
    return program(
        folder,
        f"wrong = {WRONG!r}\n"
        "for line in sys.stdin:\n"
        "    word = line.strip().removeprefix('^')\n"
        "    said = wrong.get(word)\n"
        "    text = '*' if said is None else f'# {word} 1'\n"
        "    text = f'& {word} 2 1: {said}' if said else text\n"
        "    print(text, end='\\n\\n', flush=True)\n",
    )


def hanging(folder: Path) -> Installed:
    """A program that never answers."""
    return program(folder, "time.sleep(600)\n")


def is_running(process: Hunspell) -> bool:
    """Whether a process was not waited for yet."""
    return process._process.returncode is None

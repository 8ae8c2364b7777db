"""The locked screen on a terminal: no byte of a case, and an end that leaves all saved."""

import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from imr_tui.store.locking.claim import holder
from imr_tui.terminal.input_parser import GUARD_SECONDS
from tests.bench.samples import FRESH
from tests.soak import processes
from tests.terminal.below_a_shell import Shell, below_a_shell
from tests.terminal.test_editor import WAITING, editing, left, quit_and_look

SECRET = "A summary that nobody else may read."
OF_THE_CASE = (SECRET, FRESH.stem, "Summary", "words", "Saved", "F1")


def with_clock(place: Path) -> tuple[str, ...]:
    """The app, to which as many more seconds have gone by as `pass_by` says."""
    program = f"""
from pathlib import Path
from imr_tui.session import idle

def later(real=idle.seconds, more=Path({str(place / "clock")!r})):
    return real() + (float(more.read_text()) if more.exists() else 0.0)

idle.seconds = later
from imr_tui.cli import main
main()
"""
    return sys.executable, "-c", program


def pass_by(place: Path, minutes: float) -> None:
    new = place / "clock.new"
    new.write_text(str(60 * minutes))
    new.rename(place / "clock")


def assert_nothing(of: Sequence[str], data: bytes) -> None:
    for words in of:
        assert words not in data.decode()


def assert_blank(shell: Shell, mark: int) -> None:
    """Nothing of the case is on the screen, and nothing of it came since."""
    assert_nothing(OF_THE_CASE, shell.terminal.text.encode() + shell.terminal.bytes_since(mark))
    assert len(shell.terminal.text.split("\n")) == 24
    assert sum(bool(line.strip()) for line in shell.terminal.screen) == 2, shell.terminal.text


@pytest.mark.slow
def test_nothing_of_the_case_is_sent_once_it_is_locked(tmp_path: Path) -> None:
    with below_a_shell(tmp_path) as shell:
        terminal = shell.terminal
        terminal.type(SECRET)
        shell.wait_saved(SECRET)
        # The bar follows when the case is checked, which may take longer than the settling.
        terminal.wait_for("\N{CHECK MARK} Summary")
        terminal.settle()
        mark = terminal.mark()
        terminal.key("f8")
        terminal.wait_for("Everything is saved.")
        terminal.settle()
        assert_blank(shell, mark)
        for key in ("escape", "f1", "ctrl+o", "ctrl+z", "ctrl+n", "ctrl+g", "f4", "y", "space"):
            terminal.key(key)
        terminal.paste("words")
        terminal.resize(80, 24)
        terminal.key("ctrl+l")
        # What comes right behind a paste is no command.
        terminal.settle(2 * GUARD_SECONDS)
        assert_blank(shell, mark)
        quit_and_look(shell)
        assert shell.holds(SECRET)


@pytest.mark.slow
def test_a_desk_that_is_left_is_locked_and_ends_by_itself(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, app=with_clock(tmp_path)) as shell:
        shell.terminal.type(SECRET)
        shell.wait_saved(SECRET)
        pass_by(tmp_path, 10)
        shell.terminal.wait_for("Locked at")
        shell.terminal.settle()
        assert_blank(shell, len(shell.terminal.raw))
        pass_by(tmp_path, 30)
        assert shell.wait_over() == 0
        shell.assert_restored()
        assert shell.holds(SECRET)
        assert "Session ended after 30 minutes without a key. All is saved." in shell.said("said")
        assert holder(shell.path.parent, FRESH.stem) is None


@pytest.mark.slow
def test_a_desk_that_was_stopped_shows_nothing_when_it_goes_on(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, app=with_clock(tmp_path)) as shell:
        shell.terminal.type(SECRET)
        shell.wait_saved(SECRET)
        # Nothing that had to be painted already is still on its way.
        shell.terminal.settle(1.0)
        processes.send(shell.app, signal.SIGSTOP)
        pass_by(tmp_path, 20)
        shell.terminal.settle()
        mark = shell.terminal.mark()
        processes.send(shell.app, signal.SIGCONT)
        shell.terminal.wait_for("Locked at")
        shell.terminal.settle()
        assert_blank(shell, mark)
        quit_and_look(shell)


PAINTING = """
import os, signal, sys, termios, tty
def paint(*_):
    os.write(1, b"\\x1b[2J\\x1b[H" + b"Text in the editor.")
signal.signal(signal.SIGWINCH, paint)
tty.setcbreak(0)
paint()
key = os.read(0, 1)
open(sys.argv[1], "wb").write(b"Ended by " + key)
"""


@pytest.mark.slow
def test_an_editor_stands_still_behind_the_lock_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "painting.py").write_text(PAINTING)
    body = f'exec {sys.executable} "$place/painting.py" "$1"'
    with editing(tmp_path, body, app=with_clock(tmp_path), pin="2468") as shell:
        terminal = shell.terminal
        terminal.wait_for("Text in the editor.")
        mark = terminal.mark()
        pass_by(tmp_path, 15)
        terminal.wait_for("Locked at")
        terminal.settle()
        assert "editor" not in terminal.text
        assert_nothing(OF_THE_CASE, terminal.bytes_since(mark))
        terminal.type("x\r")
        terminal.wait_for("4 tries left")
        time.sleep(1.1)
        terminal.type("2468\r")
        terminal.wait_for("Text in the editor.")
        terminal.settle()
        assert "Locked" not in terminal.text
        terminal.type("q")
        shell.wait_saved("Ended by q")
        terminal.wait_for("words")
        quit_and_look(shell)


@pytest.mark.slow
def test_an_editor_behind_the_lock_is_hung_up_on_with_the_session(tmp_path: Path) -> None:
    with editing(tmp_path, WAITING, app=with_clock(tmp_path)) as shell:
        shell.terminal.wait_for("Ready.")
        pass_by(tmp_path, 15)
        shell.terminal.wait_for("Locked at")
        pass_by(tmp_path, 31)
        assert shell.wait_over() == 0
        shell.assert_restored()
        (place,) = left(shell)
        assert (place / "text.txt").read_text() == "Half a thought"

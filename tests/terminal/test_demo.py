"""`imr-tui demo` on a terminal: the tour, and the end of the folder however the session ends."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.store.maintenance.demo_folders import PREFIX
from tests.animation import asciicast
from tests.animation.__main__ import CAST
from tests.animation.player import play
from tests.terminal.driver import Terminal

pytestmark = [pytest.mark.process, pytest.mark.slow]

DEMO = (sys.executable, "-m", "imr_tui", "demo")


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The directory for temporary files."""
    path = tmp_path / "temporary"
    path.mkdir(mode=0o700)
    return path


def folders(temporary: Path) -> list[Path]:
    return sorted(temporary.glob(f"{PREFIX}*"))


@pytest.fixture
def terminal(tmp_path: Path, temporary: Path) -> Iterator[Terminal]:
    """A demonstration in which something was typed that is not saved yet."""
    with Terminal(DEMO, tmp_path, env={"TMPDIR": str(temporary)}) as running:
        running.wait_for("step 1 of 6")
        running.settle()
        running.key("enter")
        running.wait_for("step 2 of 6")
        running.settle()
        running.key("i")
        running.wait_for("TYPING")
        running.settle()
        running.type("Some more words. ")
        assert len(folders(temporary)) == 1
        yield running


def test_the_animation_is_what_a_terminal_shows(tmp_path: Path) -> None:
    """If it is not, `make animation` writes it anew."""
    frames = [frame.lines for frame in asciicast.read(CAST.read_text(encoding="utf-8"))]
    played = [frame.lines for frame in play(tmp_path, frames)]
    assert played == frames


def test_quitting_removes_the_folder_and_says_so(terminal: Terminal, temporary: Path) -> None:
    terminal.wait_for("Some more words.")
    terminal.key("ctrl+q")
    assert terminal.wait_exit() == 0
    assert b"Its folder was removed" in terminal.raw
    assert folders(temporary) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_removes_the_folder(
    terminal: Terminal, temporary: Path, number: signal.Signals
) -> None:
    terminal.kill(number)
    assert terminal.wait_exit() == 128 + number
    assert folders(temporary) == []


def test_a_lost_terminal_removes_the_folder(terminal: Terminal, temporary: Path) -> None:
    terminal.hang_up()
    terminal.wait_exit()
    assert folders(temporary) == []


def test_the_next_demonstration_removes_what_a_killed_one_left(
    terminal: Terminal, temporary: Path, tmp_path: Path
) -> None:
    terminal.kill(signal.SIGKILL)
    terminal.wait_exit()
    (left,) = folders(temporary)
    os.utime(left, (0, 0))
    with Terminal(DEMO, tmp_path, env={"TMPDIR": str(temporary)}) as again:
        again.wait_for("step 1 of 6")
        assert left not in folders(temporary)
        assert len(folders(temporary)) == 1
        again.key("ctrl+q")
        again.wait_exit()
    assert folders(temporary) == []

"""Bytes on the line: only changes, everything on request, and nothing while idle."""

import time
from pathlib import Path
from typing import Literal

import pytest

from tests.bench.samples import APP, FRESH, case_at, make_folder
from tests.terminal.driver import Terminal

Text = Literal["summary", "rationale"]
REST_SECONDS = 1.5
"""Longer than anything in the app waits before it is told."""
PROSE = "The patient has had eight weeks of therapy with little gain; imaging shows a tear. "
KEY_SECONDS = 0.04
"""Between two keys: enough for each to have a frame of its own, and no pause."""
SCREENS = {
    "worklist": (),
    "filter": ("/",),
    "help": ("f1",),
    "credentials": ("enter",),
    "summary": ("enter", "ctrl+n"),
    "text": ("enter", "ctrl+n", "i"),
    "decision": ("enter", "ctrl+n", "ctrl+n"),
    "rationale": ("enter", "ctrl+n", "ctrl+n", "i"),
    "recall": ("enter", "ctrl+n", "ctrl+n", "r"),
    "citations": ("enter", *["ctrl+n"] * 3),
    "review": ("enter", *["ctrl+n"] * 8),
    "items": ("enter", "ctrl+t"),
    "record": ("enter", "ctrl+r"),
    "palette": ("enter", "ctrl+o"),
    "search": ("enter", *["ctrl+n"] * 3, "a"),
    "locked": ("enter", "f8"),
}
"""Each screen, and the keys that lead there from the worklist."""


def scribble(terminal: Terminal, garbage: str) -> None:
    """Write on the terminal as any program of the same account can."""
    with Path(f"/proc/{terminal.pid}/fd/1").open("w") as tty:
        tty.write(garbage)


@pytest.mark.slow
def test_after_garbage_all_is_painted_when_asked_to(tmp_path: Path) -> None:
    with Terminal([*APP, str(case_at(tmp_path, "summary"))], tmp_path) as terminal:
        terminal.enter_text()
        terminal.type("Typed before.")
        terminal.settle(REST_SECONDS)
        screen, cursor = terminal.screen, terminal.cursor
        styles = [terminal.styles(row) for row in range(24)]
        scribble(terminal, "\x1b[3;9H\x1b[1;35mBroadcast message from root\r\n\n\x1b[K\x1b[2L")
        terminal.wait_for("Broadcast message")
        assert terminal.screen != screen
        terminal.key("ctrl+l")
        terminal.wait_until(lambda: terminal.screen == screen, what="the screen of before")
        terminal.settle()
        assert [terminal.styles(row) for row in range(24)] == styles
        assert terminal.cursor == cursor
        terminal.type("X")
        terminal.wait_for("Typed before.X")


@pytest.mark.slow
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_at_rest_sends_nothing(name: str, tmp_path: Path) -> None:
    with Terminal([*APP, str(make_folder(tmp_path, FRESH))], tmp_path) as terminal:
        terminal.wait_for("F1 Help")
        for key in SCREENS[name]:
            terminal.key(key)
            terminal.settle(0.3)
        terminal.settle(REST_SECONDS)
        mark = terminal.mark()
        time.sleep(REST_SECONDS)
        assert terminal.bytes_since(mark) == b""


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["80x24", "200x50"])
@pytest.mark.parametrize("stage", ["summary", "rationale"])
def test_a_key_of_prose_is_a_few_bytes(stage: Text, size: tuple[int, int], tmp_path: Path) -> None:
    """Over many lines, so that the window has moved, too."""
    with Terminal([*APP, str(case_at(tmp_path, stage))], tmp_path, size=size) as terminal:
        terminal.enter_text()
        terminal.paste(PROSE * 15)
        terminal.settle(REST_SECONDS)
        mark, typed = terminal.mark(), PROSE * 2 + "Thatisall."
        terminal.type(typed, delay=KEY_SECONDS)
        terminal.wait_for("Thatisall.")
        assert len(terminal.bytes_since(mark)) < 8 * len(typed)


def test_what_is_sent_at_first_is_one_picture(tmp_path: Path) -> None:
    """A screen that comes about in steps is sent once it is whole."""
    with Terminal([*APP, str(make_folder(tmp_path, FRESH))], tmp_path) as terminal:
        terminal.wait_for("F1 Help")
        terminal.settle(REST_SECONDS)
        sent = terminal.bytes_since(0)
        assert sent.count(b"Due v") == 1
        assert sent.count(b"imr-tui") == 1

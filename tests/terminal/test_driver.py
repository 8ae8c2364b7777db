"""The terminal driver types, reads, waits and ends programs as a person at a terminal does."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal
from tests.terminal.keys import key_bytes
from tests.terminal.screen import PaintedScreen
from tests.terminal.sshd import Sshd
from tests.terminal.tmux import Tmux

PAINTER = r"""
import os, signal, shutil, sys, termios, tty
def paint(*_):
    size = shutil.get_terminal_size()
    # Not by a buffer: the signal may come while that is written to.
    text = f"\x1b[2J\x1b[H\x1b[>1u\x1b[?2026$p\x1b[31msize {size.columns}x{size.lines}"
    os.write(1, text.encode())
signal.signal(signal.SIGWINCH, paint)
tty.setraw(0)
paint()
while (data := sys.stdin.buffer.raw.read(100)) != b"q":
    os.write(1, f"\r\ngot {data!r}".encode())
sys.exit(7)
"""
PAINT = [sys.executable, "-c", PAINTER]


def test_what_is_typed_is_seen(tmp_path: Path) -> None:
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.type("naïve 漢字")
        terminal.key("enter")
        terminal.wait_until(lambda: terminal.text.count("naïve 漢字") == 2, what="the echo")
        terminal.type(b"\x04")
        assert terminal.wait_exit() == 0


def test_the_program_leads_a_session_on_a_terminal_of_the_size(tmp_path: Path) -> None:
    script = "import os; print(*os.get_terminal_size(), os.tcgetpgrp(os.open('/dev/tty', 0)))"
    with Terminal([sys.executable, "-c", script], tmp_path, size=(70, 20)) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.screen[0].split() == ["70", "20", str(terminal.pid)]


def test_the_environment_is_what_was_given(tmp_path: Path) -> None:
    env = {"LANG": None, "EXTRA": "1"}
    with Terminal(["env"], tmp_path, env=env) as terminal:
        terminal.wait_exit()
        seen = dict(line.strip().split("=", 1) for line in terminal.screen if "=" in line)
    assert {name: seen.get(name) for name in ("TERM", "HOME", "EXTRA", "LANG")} == {
        "TERM": "xterm-256color",
        "HOME": str(tmp_path),
        "EXTRA": "1",
        "LANG": None,
    }


def test_keys_painting_and_resizing(tmp_path: Path) -> None:
    with Terminal(PAINT, tmp_path, size=(60, 10)) as terminal:
        terminal.wait_for("size 60x10")
        assert terminal.screen[0].rstrip() == "size 60x10"
        assert b"\x1b[>1u" in terminal.raw
        terminal.key("backtab")
        terminal.wait_for(r"got b'\x1b[Z'")
        terminal.paste("a\nb")
        terminal.wait_for(r"b'\x1b[200~a\nb\x1b[201~'")
        terminal.resize(90, 30)
        terminal.wait_for("size 90x30")
        terminal.wait_gone("got")
        assert len(terminal.screen) == 30
        terminal.key("q")
        assert terminal.wait_exit() == 7


def test_slow_typing(tmp_path: Path) -> None:
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.type("né", delay=0.01)
        terminal.type("é!\r".encode(), delay=0.01)
        terminal.wait_until(lambda: terminal.text.count("néé!") == 2, what="the echo")


def test_marks_and_silence(tmp_path: Path) -> None:
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.type("first\r")
        terminal.wait_until(lambda: terminal.text.count("first") == 2, what="the echo")
        terminal.settle()
        mark = terminal.mark()
        terminal.type("second\r")
        terminal.wait_until(lambda: terminal.bytes_since(mark) == b"second\r\nsecond\r\n")


@pytest.mark.parametrize(("script", "status"), [("exit 3", 3), ("kill -TERM $$", -signal.SIGTERM)])
def test_exit_status(tmp_path: Path, script: str, status: int) -> None:
    with Terminal(["sh", "-c", script], tmp_path) as terminal:
        assert terminal.wait_exit() == status


def test_the_last_words_are_read(tmp_path: Path) -> None:
    with Terminal(["sh", "-c", "seq 2000; echo last words"], tmp_path) as terminal:
        terminal.wait_exit()
        assert terminal.raw.endswith(b"1999\r\n2000\r\nlast words\r\n")


def test_kill(tmp_path: Path) -> None:
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.kill(signal.SIGINT)
        assert terminal.wait_exit() == -signal.SIGINT


def test_signals_that_the_tester_ignores_are_not_ignored(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.kill(signal.SIGINT)
        assert terminal.wait_exit() == -signal.SIGINT
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_hanging_up_is_a_hangup(tmp_path: Path) -> None:
    with Terminal(PAINT, tmp_path) as terminal:
        terminal.wait_for("size")
        terminal.hang_up()
        assert terminal.wait_exit() == -signal.SIGHUP


def test_a_stalled_terminal_stalls_the_program(tmp_path: Path) -> None:
    done = tmp_path / "done"
    script = f"echo ready; read line; seq 30000; touch {done}; echo finished"
    with Terminal(["sh", "-c", script], tmp_path) as terminal:
        terminal.wait_for("ready")
        terminal.stop_reading()
        mark = terminal.mark()
        terminal.key("enter")
        terminal.settle()
        assert terminal.bytes_since(mark) == b""
        assert not done.exists()
        terminal.resume_reading()
        terminal.wait_for("finished")
        assert done.exists()


def test_waiting_in_vain_shows_the_screen(tmp_path: Path) -> None:
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.type("present")
        terminal.wait_for("present")
        with pytest.raises(AssertionError, match=r"'absent'[^§]*present"):
            terminal.wait_for("absent", timeout=0.05)


def test_waiting_for_a_dead_program_ends_at_once(tmp_path: Path) -> None:
    with (
        Terminal(["true"], tmp_path) as terminal,
        pytest.raises(AssertionError, match="the program ended"),
    ):
        terminal.wait_for("absent")


def test_nothing_is_left_open(tmp_path: Path) -> None:
    before = set(Path("/dev/fd").iterdir())
    with Terminal(["cat"], tmp_path) as terminal:
        pid = terminal.pid
    assert set(Path("/dev/fd").iterdir()) == before
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("ctrl+x", b"\x18"),
        ("alt+x", b"\x1bx"),
        ("shift+tab", b"\x1b[Z"),
        ("ctrl+right", b"\x1b[1;5C"),
        ("ctrl+delete", b"\x1b[3;5~"),
        ("+", b"+"),
        ("é", "é".encode()),
    ],
)
def test_key_bytes(name: str, sent: bytes) -> None:
    assert key_bytes(name) == sent


@pytest.mark.parametrize("name", ["entre", "ctrl+enter"])
def test_keys_that_no_terminal_has(name: str) -> None:
    with pytest.raises(ValueError, match=name.replace("+", r"\+")):
        key_bytes(name)


def test_the_screen_does_not_care_how_bytes_arrive() -> None:
    painting = "a\x1b[>1u\x1b[?2026$p\x1b[?25lb\x1bP+q\x1b\\\x1b]22;text\x07\x1b[38:5:1mé漢\x1b[mz"
    screen = PaintedScreen(20, 2)
    for byte in painting.encode():
        screen.feed(bytes([byte]))
    assert screen.lines[0].rstrip() == "abé漢z"
    assert screen.cursor == (6, 0)


@pytest.mark.usefixtures("tmux_installed")
def test_tmux(tmp_path: Path) -> None:
    with Tmux(PAINT, tmp_path, size=(60, 10)) as tmux:
        tmux.wait_for("size 60x10")
        tmux.resize(70, 12)
        tmux.wait_for("size 70x12")
        tmux.type("-l é;")
        tmux.wait_for(r"got b'-l \xc3\xa9;'")
        tmux.send("BTab")
        tmux.wait_for(r"got b'\x1b[Z'")
        tmux.send("q")
        tmux.wait_exit()


def test_ssh_runs_a_command(sshd: Sshd, tmp_path: Path) -> None:
    with Terminal(sshd.argv("echo hello; tty; exit 3"), tmp_path) as terminal:
        assert terminal.wait_exit() == 3, sshd.log
        assert terminal.screen[0].strip() == "hello"
        assert terminal.screen[1].startswith("/dev/")

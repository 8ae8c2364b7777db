"""The app as the child of a shell that outlives it, as it is run over ssh."""

import shlex
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.samples import APP, case_at, on_disk
from tests.soak import processes
from tests.terminal.driver import Terminal

MODES = (("?1049h", "?1049l"), ("?25l", "?25h"), ("?2004h", "?2004l"), ("?7l", "?7h"))
"""Those that the app sets, and what undoes each."""
OVER = "stty -g >after; echo over"


class Shell:
    """A shell in which the app is in the summary of a case, in the text."""

    def __init__(self, terminal: Terminal, place: Path, path: Path) -> None:
        self.terminal = terminal
        self.place = place
        self.path = path
        """The case file."""
        (self.app,) = processes.children(terminal.pid)
        """The process of the app."""

    def holds(self, text: str) -> bool:
        """Whether the summary on the disk is just `text`."""
        return on_disk(self.path).summary.text == text

    def wait_saved(self, text: str) -> None:
        """Wait until the disk holds what was typed."""
        self.terminal.wait_until(lambda: self.holds(text), what=f"{text!r} on the disk")

    def wait_app_gone(self) -> None:
        """Wait until the app has ended."""
        self.terminal.wait_until(lambda: not processes.is_running(self.app), what="the end")

    def wait_over(self) -> int:
        """Wait for the shell's end, with nobody left in its session; the app's exit code."""
        if not self.terminal.is_hung_up:
            self.terminal.wait_exit()
        leader = self.terminal.pid
        self.terminal.wait_until(lambda: not processes.of_session(leader), what="nobody left")
        return int(self.said("code"))

    def said(self, name: str) -> str:
        """What the shell or the app wrote into a file."""
        return (self.place / name).read_text(encoding="utf-8").strip()

    def line(self, *settings: str) -> str:
        """The settings of the line as they are now; or change them, as a shell does."""
        command = ["stty", "-F", str(self._device), *(settings or ("-g",))]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def print(self, data: bytes) -> None:
        """Show something on the terminal, as another program does."""
        self._device.write_bytes(data)

    @property
    def _device(self) -> Path:
        return Path(f"/proc/{self.terminal.pid}/fd/0")

    def are_modes_off(self) -> bool:
        """Whether every mode was undone after it was set last."""
        raw = bytes(self.terminal.raw).decode("utf-8", "backslashreplace")
        return all(raw.rfind(f"\x1b[{off}") > raw.rfind(f"\x1b[{on}") for on, off in MODES)

    def assert_restored(self) -> None:
        """The modes are off, the shell speaks on the main screen, and the line is as before."""
        assert self.are_modes_off()
        raw = bytes(self.terminal.raw)
        assert raw.rfind(b"\x1b[?1049l") < raw.rfind(b"over")
        assert self.said("before") == self.said("after") != ""


@contextmanager
def below_a_shell(
    place: Path, *prefix: str, app: Sequence[str] = APP, first: str = "", then: str = OVER
) -> Iterator[Shell]:
    """The app started with `prefix` before it, and what the shell does `first` and `then`.

    The shell has a trap for the hangup: unlike an ignored signal it is not inherited.
    """
    path = case_at(place, "summary")
    run = shlex.join([*prefix, *app, str(path)])
    script = f"{first}\ntrap : HUP; stty -g >before; {run} 2>said; echo $? >code; {then}"
    with Terminal(["sh", "-c", script], place) as terminal:
        terminal.enter_text()
        yield Shell(terminal, place, path)

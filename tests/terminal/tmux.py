"""A program in a tmux server of its own."""

import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.terminal.driver import POLL, TIMEOUT, environment


def available() -> bool:
    return shutil.which("tmux") is not None


class Tmux:
    """One window of a private tmux server, kept after its program has ended."""

    def __init__(
        self,
        argv: Sequence[str],
        home: Path,
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
    ) -> None:
        self._sockets = tempfile.TemporaryDirectory(prefix="imr-tmux-")
        self._home = home
        self._env = environment(
            home, {"SHELL": "/bin/sh", **(env or {}), "TMUX_TMPDIR": self._sockets.name}
        )
        cols, rows = map(str, size)
        start = ["start-server", ";", "set", "-g", "remain-on-exit", "on", ";"]
        plain = ["set", "-g", "status", "off", ";"]
        program = ["new-session", "-d", "-x", cols, "-y", rows, "exec " + shlex.join(argv)]
        self._run("-f", "/dev/null", *start, *plain, *program)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._run("kill-server")
        finally:
            self._sockets.cleanup()

    def _run(self, *arguments: str) -> str:
        command = ["tmux", "-L", "imr", *arguments]
        done = subprocess.run(
            command, env=self._env, cwd=self._home, capture_output=True, encoding="utf-8"
        )
        if done.returncode:
            raise AssertionError(f"{shlex.join(command)}: {done.stderr}")
        return done.stdout

    def send(self, *keys: str) -> None:
        """Press keys by tmux's names: `Enter`, `Tab`, `BTab`, `Escape`, `C-x`, `F1`, `Up`."""
        self._run("send-keys", "--", *keys)

    def type(self, text: str) -> None:
        unended = re.sub(r";\Z", r"\;", text)  # a last semicolon would end tmux's own command
        self._run("send-keys", "-l", "--", unended)

    def enter_text(self) -> None:
        """Enter the text of the stage, once the window shows one."""
        self.wait_for(" word")
        self.type("i")
        self.wait_for("TYPING")

    def capture(self) -> str:
        """The text of the window."""
        return self._run("capture-pane", "-p")

    def scrollback(self) -> str:
        """The text of the window, and all that went out of it at the top."""
        return self._run("capture-pane", "-p", "-S", "-")

    @property
    def pid(self) -> int:
        """The process that was started."""
        return int(self._run("display", "-p", "#{pane_pid}"))

    @property
    def titles(self) -> str:
        """What the window and the pane call themselves."""
        return self._run("display", "-p", "#{pane_title}\n#{window_name}")

    def wait_until(
        self, predicate: Callable[[], bool], timeout: float = TIMEOUT, what: str = "the condition"
    ) -> None:
        deadline = time.monotonic() + timeout
        while not predicate():
            if time.monotonic() > deadline:
                raise AssertionError(f"still waiting for {what}\n{self.capture()}")
            time.sleep(POLL)

    def wait_for(self, text: str, timeout: float = TIMEOUT) -> None:
        self.wait_until(lambda: text in self.capture(), timeout, repr(text))

    def wait_exit(self, timeout: float = TIMEOUT) -> None:
        """Wait for the end of the program; tmux does not dependably know its exit status."""
        self.wait_until(lambda: self._run("display", "-p", "#{pane_dead}") == "1\n", timeout)

    def resize(self, cols: int, rows: int) -> None:
        self._run("resize-window", "-x", str(cols), "-y", str(rows))

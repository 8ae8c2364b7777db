"""A reviewer who works a case in plain mode, on a real terminal, line by line."""

import os
import re
import signal
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pexpect

from imr_tui.text.sanitize import UNPAINTABLE
from tests.bench.samples import APP
from tests.terminal.driver import environment

SECONDS = 60.0
"""How long a prompt may take, on a machine that does much else."""
PROMPT = "? help: "
"""How the question of a page ends."""


class Walk:
    """Types lines, and waits for the prompt after each."""

    def __init__(
        self,
        arguments: Sequence[str | Path],
        home: Path,
        option: str = "--plain",
        command: Sequence[str] = APP,
        **variables: str,
    ) -> None:
        program, *first = command
        self._process: Any = pexpect.spawn(
            program,
            [*first, *filter(None, [option]), *map(str, arguments)],
            env=environment(home, variables),
            cwd=str(home),
            encoding="utf-8",
            codec_errors="surrogateescape",
            timeout=SECONDS,
            dimensions=(24, 80),
        )
        self.text = ""
        """All that was said until now, with the lines that were typed."""

    @property
    def pid(self) -> int:
        """The process."""
        return int(self._process.pid)

    def __enter__(self) -> "Walk":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.close(force=True)

    def wait_for(self, says: str = PROMPT) -> str:
        """Wait for words, and return what was said before and with them."""
        self._process.expect_exact(says)
        said = str(self._process.before) + says
        self.text += said
        return said

    def type(self, line: str, says: str = PROMPT) -> str:
        """Type a line and wait for words; returns what was said."""
        self._process.sendline(line)
        return self.wait_for(says)

    def begin(self, line: str) -> None:
        """Type the beginning of a line."""
        self._process.send(line)

    def write(self, paragraphs: Sequence[str]) -> None:
        """Enter the paragraphs of a text at the end of it."""
        self._process.sendline("i")
        self.wait_for("ends the text")
        for number, paragraph in enumerate(paragraphs):
            if number:
                self._process.sendline("")
            self._process.sendline(paragraph)
        self.type(".")

    def control(self, key: str, says: str = PROMPT) -> str:
        """Press a key with ctrl, and wait for words."""
        self._process.sendcontrol(key)
        return self.wait_for(says)

    def kill(self, number: signal.Signals) -> int:
        """Send a signal, and wait for the end: the exit code, or minus the signal that killed."""
        os.kill(self._process.pid, number)
        self._process.wait()
        killed = self._process.signalstatus
        return -int(killed) if killed else int(self._process.exitstatus)

    def child(self) -> int:
        """The process that a shell has started."""
        pid = self._process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])

    def fileno(self) -> int:
        """This side of the terminal."""
        return int(self._process.child_fd)

    def end(self) -> int:
        """Wait until the process has ended; its exit code."""
        self._process.expect(pexpect.EOF)
        self.text += str(self._process.before)
        self._process.close()
        return int(self._process.exitstatus)


def not_lines(text: str) -> list[str]:
    """The characters of what a terminal got that are neither printable nor the end of a line."""
    lines = text.replace("\r\n", "\n").split("\n")
    return [char for line in lines for char in line if re.match(UNPAINTABLE, char)]

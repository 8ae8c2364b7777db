"""Plain mode as a whole, in this process: over a pipe that has ended, or line by line."""

import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from imr_tui.plain.app import PlainApp
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.settings import load_settings
from tests.builders import NOW

SECONDS = 30.0
"""How long something may take that should happen."""


def plain(
    folder: Folder, *lines: str, number: str = "", host: Host | None = None, now: datetime = NOW
) -> str:
    """What plain mode says to these lines, at the end of which the input ends."""
    read, write = os.pipe()
    os.write(write, "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
    os.close(write)
    said = io.BytesIO()
    output = io.TextIOWrapper(said, encoding="utf-8", newline="\n")
    app = PlainApp(read, output, folder, load_settings(folder), host or Host(), lambda: now)
    try:
        app.run(number)
    finally:
        app.close_session()
        os.close(read)
    output.flush()
    return said.getvalue().decode()


class Talker:
    """A session that runs on a thread, while the test types and waits."""

    def __init__(self, folder: Folder, host: Host, seconds: Callable[[], float]) -> None:
        read, self._write = os.pipe()
        self._said = _Said()
        settings = load_settings(folder)
        self.app = PlainApp(read, self._said, folder, settings, host, lambda: NOW, seconds)
        """The session."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._error: BaseException | None = None
        self._mark = 0

    def start(self, number: str) -> None:
        self._number = number
        self._thread.start()

    def _run(self) -> None:
        try:
            self.app.run(self._number)
        except BaseException as error:
            self._error = error
        finally:
            self.app.close_session()
            self._said.end()

    @property
    def text(self) -> str:
        """Everything that was said."""
        return self._said.text

    def wait_for(self, words: str = "? help: ") -> str:
        """Wait for words that were not said before; what was said until them."""
        end = self._said.wait_for(words, self._mark)
        said, self._mark = self._said.text[self._mark : end], end
        return said

    def type(self, line: str, words: str = "? help: ") -> str:
        """Type a line, and wait for words."""
        os.write(self._write, f"{line}\n".encode())
        return self.wait_for(words)

    def end(self) -> str:
        """End the input, and wait for the end of the session; everything that was said."""
        if self._write >= 0:
            os.close(self._write)
            self._write = -1
        self._thread.join(SECONDS)
        assert not self._thread.is_alive()
        if self._error is not None:
            raise self._error
        return self.text


class _Said(io.TextIOWrapper):
    """Collects what is said, and wakes who waits for it."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.text = ""
        self._news = threading.Condition()
        self._has_ended = False

    def write(self, text: str) -> int:
        with self._news:
            self.text += text
            self._news.notify_all()
        return len(text)

    def end(self) -> None:
        with self._news:
            self._has_ended = True
            self._news.notify_all()

    def wait_for(self, words: str, start: int) -> int:
        """Where the words end that are said after `start`."""
        with self._news:
            is_there = self._news.wait_for(
                lambda: words in self.text[start:] or self._has_ended, SECONDS
            )
            assert is_there, f"{words!r} after {self.text[-300:]!r}"
            assert words in self.text[start:]
            return self.text.index(words, start) + len(words)


@contextmanager
def talking(
    folder: Folder,
    number: str = "",
    host: Host | None = None,
    seconds: Callable[[], float] = lambda: 0.0,
    prepare: Callable[[PlainApp], object] = lambda app: None,
) -> Iterator[Talker]:
    """A session at its first prompt, or at the first question of a new reviewer."""
    talker = Talker(folder, host or Host(), seconds)
    prepare(talker.app)
    talker.start(number)
    try:
        yield talker
    finally:
        talker.end()

"""Says sentences and asks for lines, with nothing but printable characters and line feeds."""

from __future__ import annotations

import codecs
import locale
import os
import time
from collections.abc import Callable, Sequence
from typing import TextIO

from imr_tui.plain.echo import take_unfinished, without_echo
from imr_tui.plain.line_reader import Cancelled as Cancelled, Ended as Ended, LineReader
from imr_tui.plain.line_writer import LineWriter
from imr_tui.plain.numbered_rows import number_typed

TERMINAL_LINE_BYTES = 4_095
"""The longest line that a terminal hands on; it drops what is typed after that."""
_HANDOVER_SECONDS = 0.05
TEXT_END = "."
"""The line that ends a text."""


class Console(LineWriter):
    """A conversation by lines, on a terminal or through pipes.

    Standard output is the record: nothing that was said is changed or erased.
    """

    def __init__(self, read: int, write: TextIO, encoding: str = "") -> None:
        """`read`: the descriptor of the input.

        `encoding`: that of the characters that can be shown; blank for that of `write`.
        """
        super().__init__(write, encoding)
        self._read = read
        self.look: Callable[[], bool] = lambda: False
        """Called every second while a prompt waits, and before a line is used.

        Returns whether it said something, so that the prompt is repeated; may raise Ended.
        """
        self.typed: Callable[[], object] = lambda: None
        """Called with every line."""
        self.settle: Callable[[], object] = lambda: None
        """Called before every question, so that what was answered is saved before it is asked."""
        self.is_terminal = os.isatty(read)
        """Whether the input is a terminal, which shows what is typed."""
        self._lines = LineReader(read)
        self._keep_line: Callable[[str], object] | None = None
        self._encoding = codecs.lookup(locale.getencoding()).name if self.is_terminal else "utf-8"

    # ── Asking ───────────────────────────────────────────────────────────────────────────

    def ask(self, prompt: str) -> str:
        """Ask for one line, and return it without blanks around it; blank if nothing was typed.

        A line that is too long, or is no text, is refused and asked for again. Raises Ended at
        the end of the input or of the session, Cancelled on ctrl+c.
        """
        return self._line(prompt).strip()

    def ask_hidden(self, prompt: str) -> str:
        """Like `ask`, for a secret: the terminal does not show what is typed."""
        with without_echo(self._read):
            line = self._line(prompt)
        if self.is_terminal:
            # Enter was not shown, either.
            self.say("")
        return line

    def ask_text(
        self, prompt: str, keep: Callable[[str], object] = lambda text: None
    ) -> str | None:
        """Ask for the lines of a text, until a line with a single full stop; None if it is blank.

        `keep` is called with the lines until now after each line, so that no text is lost if the
        session is killed. Raises as `ask` does.
        """
        lines: list[str] = []
        self.say(f"{prompt}: enter lines. A line with only a full stop ends the text.")
        self._keep_line = lambda line: keep("\n".join([*lines, line]))
        try:
            while (line := self._line("")) != TEXT_END:
                lines.append(line.rstrip())
                keep("\n".join(lines))
        finally:
            self._keep_line = None
        text = "\n".join(lines)
        return text if text.strip() else None

    def choose(self, prompt: str, options: Sequence[str]) -> int | None:
        """Ask for one of several options by its number; its index, or None for a blank line."""
        for number, option in enumerate(options, start=1):
            self.say(f"{number}. {option}")
        if not options:
            return None
        while line := self.ask(f"{prompt}, 1 to {len(options)}, or blank for none"):
            if (chosen := number_typed(line, len(options))) is not None:
                return chosen - 1
            self.error(f"There is no number {line}. Type one from 1 to {len(options)}.")
        return None

    def confirm(self, question: str) -> bool:
        """Ask a question that is answered with `y` or `n`; a blank line is no."""
        while True:
            answer = self.ask(f"{question} y yes, n no").lower()
            if answer in ("y", "yes"):
                return True
            if answer in ("n", "no", ""):
                return False
            self.error("Type y for yes or n for no.")

    # ── Lines ────────────────────────────────────────────────────────────────────────────

    def interrupt(self) -> None:
        """Cancel the question that waits for an answer; for a signal handler."""
        self._lines.interrupt()

    def end(self) -> None:
        """Let the question that waits, and every later one, raise Ended; from any thread."""
        self._lines.end()

    def take_unfinished(self) -> str:
        """The line that is being typed and was not entered yet; the terminal forgets it."""
        return take_unfinished(self._read).decode(self._encoding, "backslashreplace")

    def keep_unfinished(self) -> None:
        """Keep the line that is being typed into a text, as the process ends; for its thread."""
        if (keep := self._keep_line) is None:
            return
        line = self.take_unfinished()
        if not line:
            # The thread that waits for lines may have been faster.
            time.sleep(_HANDOVER_SECONDS)
            line = self._lines.unfinished.decode(self._encoding, "backslashreplace")
        if line:
            keep(line)

    def close(self) -> None:
        """Release the descriptors of the conversation; nothing can be asked afterwards."""
        self._lines.close()

    def _line(self, prompt: str) -> str:
        """The next line that is text, however often the prompt must be repeated for it."""
        while True:
            data = self._answer(prompt)
            if (why := self._why_refused(data)) is None:
                return data.decode(self._encoding)
            self.error(why)

    def _why_refused(self, data: bytes) -> str | None:
        """Why a line is not taken, or None."""
        if self.is_terminal and len(data) >= TERMINAL_LINE_BYTES:
            return (
                f"The terminal cuts a line at {TERMINAL_LINE_BYTES:,} bytes, so nothing was "
                "taken. Divide it into shorter lines."
            )
        if b"\x1b" in data:
            return "The line holds a key that types nothing, such as an arrow. Type it again."
        try:
            data.decode(self._encoding)
        except UnicodeDecodeError:
            return f"The line is not valid {self._encoding} text, so nothing was taken."
        return None

    def _answer(self, prompt: str) -> bytes:
        """The bytes of the line that answers a prompt."""
        self.settle()
        self._prompt(prompt)
        while True:
            data = self._next_line()
            if data is not None and not self.is_terminal:
                # Nothing else ends the line of the prompt.
                self.say("")
            if self.look():
                # Typed before the clock was looked at, it was meant for what was said before.
                self._prompt(prompt)
            elif data is not None:
                self.typed()
                return data

    def _prompt(self, prompt: str) -> None:
        if prompt:
            self.begin_line(f"{prompt}: ")

    def _next_line(self) -> bytes | None:
        """The next line; ends the line of the prompt if the question ends without an answer."""
        try:
            return self._lines.next_line()
        except (Cancelled, Ended):
            self.say("")
            raise

"""Writes the lines of a conversation, in characters that the terminal has."""

from __future__ import annotations

from typing import TextIO

from imr_tui.plain.line_reader import Ended
from imr_tui.plain.printable import encodable, printable_lines


class LineWriter:
    """Standard output is the record: nothing that was said is changed or erased."""

    def __init__(self, write: TextIO, encoding: str) -> None:
        """`encoding`: that of the characters that can be shown; blank for that of `write`."""
        self._write = write
        self._shown = encoding or write.encoding or "ascii"

    def say(self, *sentences: str) -> None:
        """Say each sentence on a line, or on one line for each of its lines.

        Raises Ended if nobody can read it.
        """
        for sentence in sentences:
            for line in printable_lines(sentence):
                self._put(f"{line}\n")
        self._flush()

    def error(self, sentence: str) -> None:
        """Say what went wrong, after `Error: `."""
        self.say(f"Error: {sentence}")

    def begin_line(self, text: str) -> None:
        """Write the beginning of a line, which an answer ends. Raises Ended."""
        self._put(" ".join(printable_lines(text)))
        self._flush()

    def _put(self, text: str) -> None:
        try:
            self._write.write(encodable(text, self._shown))
        except OSError as error:
            raise Ended from error

    def _flush(self) -> None:
        try:
            self._write.flush()
        except OSError as error:
            raise Ended from error

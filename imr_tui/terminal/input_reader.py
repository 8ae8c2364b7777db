"""Reads the terminal's input, and delivers it as events until the terminal hangs up."""

from __future__ import annotations

import os
import select
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser

from imr_tui.terminal.escape_sequences import is_kitty, is_mouse, is_report
from imr_tui.terminal.escape_timeout import escape_seconds
from imr_tui.terminal.input_parser import InputParser
from imr_tui.terminal.input_tokens import IgnoredKey, KeyInput, PasteInput, Token

if TYPE_CHECKING:
    from threading import Event

    from textual.message import Message

    from imr_tui.terminal.terminal_io import TerminalIO

_READ_BYTES = 65_536
_TICK_SECONDS = 0.1
"""How often the reading thread checks whether to exit."""


class InputReader:
    """Reads from `descriptor`, and hands each event to `deliver`; blocks, so it has a thread."""

    def __init__(
        self,
        io: TerminalIO,
        descriptor: int,
        deliver: Callable[[Message], None],
        *,
        has_mouse: bool,
    ) -> None:
        self._io = io
        self._descriptor = descriptor
        self._deliver = deliver
        self._has_mouse = has_mouse
        self._event_parser = XTermParser()

    def run(self, end: Event) -> bool:
        """Read until `end` is set; False after a hangup."""
        parser = InputParser(
            partial(is_known, has_mouse=self._has_mouse),
            self._io.pastes.is_text_focused,
            escape_seconds(os.environ),
        )
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        while not end.is_set():
            due = parser.due(time.monotonic())
            wait = _TICK_SECONDS if due is None else min(due, _TICK_SECONDS)
            if select.select([self._descriptor], [], [], wait)[0]:
                data = self._read()
                if not data:
                    return False
                self._dispatch(parser.feed(decode(data), time.monotonic()))
            self._dispatch(parser.tick(time.monotonic()))
        return True

    def _dispatch(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            match token:
                case KeyInput("\x1b"):
                    # XTermParser would wait for the rest of a sequence.
                    self._deliver(events.Key("escape", "\x1b"))
                case KeyInput(sequence):
                    for event in self._event_parser.feed(sequence):
                        self._deliver(event)
                case PasteInput(text, is_truncated):
                    self._deliver(events.Paste(text))
                    if is_truncated:
                        self._io.app.call_later(self._io.pastes.notify_truncated)
                case IgnoredKey():
                    self._io.app.call_later(self._io.pastes.notify_ignored_key)

    def _read(self) -> bytes:
        """Read input; empty after a hangup."""
        try:
            return os.read(self._descriptor, _READ_BYTES)
        except OSError:
            return b""


def is_known(sequence: str, *, has_mouse: bool = False) -> bool:
    """Whether `sequence` is a key or a report that was requested."""
    if sequence in ANSI_SEQUENCES_KEYS or is_report(sequence):
        return True
    if is_mouse(sequence):
        return has_mouse
    return not constants.DISABLE_KITTY_KEY and is_kitty(sequence)

"""Tokenizes terminal input into keys, reports and pastes.

Sequences may arrive in pieces, and pastes without their end or without any markers; replies of the
terminal arrive in the same stream. None of that may become text or a command. Time is a parameter,
so the same input at the same times always gives the same tokens.
"""

from collections.abc import Callable, Iterator

from imr_tui.terminal.bracketed_paste import BracketedPaste
from imr_tui.terminal.escape_sequences import (
    ESC,
    PASTE_START,
    TEXT,
    Kind,
    escape_invalid,
    is_report,
    parse_head,
    to_seven_bit,
)
from imr_tui.terminal.escape_timeout import ESCAPE_OVER_SSH_SECONDS, ESCAPE_SECONDS
from imr_tui.terminal.input_tokens import (
    IgnoredKey,
    KeyInput,
    PasteInput,
    Token,
)
from imr_tui.terminal.key_encodings import decode_keys, decode_text_keys

LATE_ESCAPE_SECONDS = 1.0
"""How long after Esc the rest of its sequence is recognized, and an incomplete one is kept."""
GUARD_SECONDS = 0.25
"""How long after a paste keys are ignored, and text counts as pasted."""
BURST_CHARS = 50
"""More characters in one read than anyone types: an unbracketed paste."""

BURST_SECONDS = 0.1
"""How long after a read of a burst the next read still belongs to it."""
BURST_START_SECONDS = 0.025
"""How long text that may be the start of a burst is held."""
MAX_REPLY_CHARS = 100_000
"""Longer terminal replies are discarded."""
_TYPING_SECONDS = 0.015
"""Reads closer together than this are not typed."""
_TYPED_AT_ONCE = 4
"""More characters in one read are held briefly, in case they start a burst."""


_NEVER = float("-inf")


class InputParser:
    """Parser of one terminal's input.

    `is_known` tells whether a sequence is a key or a report, `in_text` whether typed characters go
    into a text now.
    """

    def __init__(
        self,
        is_known: Callable[[str], bool],
        in_text: Callable[[], bool],
        escape_seconds: float = ESCAPE_SECONDS,
    ) -> None:
        self._is_known = is_known
        self._in_text = in_text
        self._escape_seconds = escape_seconds
        self._sent = ""
        self._reads = 0
        self._at = _NEVER
        self._paste: BracketedPaste | None = None
        self._guarded_until = _NEVER
        self._burst_until = _NEVER
        self._late_until = _NEVER

    def feed(self, sent: str, now: float) -> Iterator[Token]:
        """Yield the tokens that are complete once `sent` arrived at `now` (monotonic seconds)."""
        is_quick = now - self._at < _TYPING_SECONDS
        self._at = now
        if self._paste is None:
            self._reads = self._reads + 1 if self._sent else 1
            self._sent += sent
        else:
            yield from self._continue_paste(sent, now)
        yield from self._take(now, is_quick=is_quick)

    def tick(self, now: float) -> Iterator[Token]:
        """Yield the tokens that are complete because nothing arrived until `now`."""
        if self.due(now) != 0:
            return
        if self._paste is not None:
            yield from self._end_paste(self._paste.received(), "", now, is_truncated=True)
        yield from self._take(now, is_over=True)

    def due(self, now: float) -> float | None:
        """Seconds until `tick` is needed if nothing arrives; None if nothing is held."""
        if self._paste is not None:
            return self._paste.due(now)
        return max(0.0, self._at + self._wait_seconds() - now) if self._sent else None

    def _wait_seconds(self) -> float:
        """How long the held input waits for more."""
        if self._may_be_late() or self._sent == f"{ESC}O":
            return ESCAPE_OVER_SSH_SECONDS
        if not self._sent.startswith(ESC):
            return BURST_START_SECONDS
        is_short = len(self._sent) <= 2 and not self._sent.endswith("[")
        return self._escape_seconds if is_short else LATE_ESCAPE_SECONDS

    def _take(
        self, now: float, *, is_quick: bool = False, is_over: bool = False
    ) -> Iterator[Token]:
        """Yield all complete tokens; with `is_over`, nothing more belongs to the held input."""
        while self._sent and self._paste is None:
            self._sent = decode_text_keys(to_seven_bit(self._sent), self._is_known)
            waits = self._sent
            if waits.startswith(ESC):
                yield from self._take_sequence(now, is_over=is_over)
            elif self._may_be_late() and now < self._late_until:
                yield from self._take_late(now, is_quick=is_quick, is_over=is_over)
            elif text := TEXT.match(waits):
                yield from self._take_text(text[0], now, is_quick=is_quick, is_over=is_over)
            else:
                yield from self._take_control(now)
            if self._sent == waits:
                return

    # ── Keys and replies ─────────────────────────────────────────────────────────────────

    def _take_sequence(self, now: float, *, is_over: bool) -> Iterator[Token]:
        kind, length = parse_head(self._sent)
        match kind:
            case Kind.LONE_ESCAPE if is_over:
                yield self._key(self._consume(1), now)
                self._late_until = now + LATE_ESCAPE_SECONDS
            case Kind.ESCAPE:
                yield self._key(self._consume(1), now)
            case Kind.COMPLETE if self._sent[:length] == PASTE_START:
                yield from self._begin_paste(length, now)
            case Kind.COMPLETE if self._is_known(self._sent[:length]):
                yield self._key(self._consume(length), now)
            case Kind.INCOMPLETE_STRING if is_over and self._is_typed(length):
                # Typed after Alt+P or Alt+], not a terminal reply.
                yield from map(KeyInput, self._consume(length)[2:])
            case Kind.LONE_ESCAPE | Kind.INCOMPLETE | Kind.INCOMPLETE_STRING if (
                not is_over and length < MAX_REPLY_CHARS
            ):
                return
            case _:
                self._consume(length)

    def _may_be_late(self) -> bool:
        """Whether the held input may be the rest of a sequence whose Esc was taken as a key."""
        return self._late_until != _NEVER and self._sent[:1] in tuple("[O]PX^_")

    def _take_late(self, now: float, *, is_quick: bool, is_over: bool) -> Iterator[Token]:
        kind, length = parse_head(ESC + self._sent)
        length -= 1
        is_open = kind in (Kind.INCOMPLETE, Kind.INCOMPLETE_STRING)
        if kind is Kind.CONTROL_STRING:
            self._consume(length)
        elif kind is Kind.COMPLETE and self._is_known(ESC + self._sent[:length]):
            yield self._key(ESC + self._consume(length), now)
        elif (not is_open or is_over) and (text := TEXT.match(self._sent)):
            yield from self._take_text(text[0], now, is_quick=is_quick, is_over=is_over)

    def _is_typed(self, length: int) -> bool:
        """Whether `length` characters arrived one by one."""
        return self._reads >= length - 1 > 1

    def _take_control(self, now: float) -> Iterator[Token]:
        char = self._consume(1)
        if char < "\x80":
            yield self._key(char, now)
        elif char >= "\ud800":
            yield from map(KeyInput, escape_invalid(char))

    def _key(self, sequence: str, now: float) -> Token:
        self._late_until = self._burst_until = _NEVER
        if now < self._guarded_until and not is_report(sequence):
            return IgnoredKey()
        return KeyInput(sequence)

    def _consume(self, length: int) -> str:
        consumed, self._sent = self._sent[:length], self._sent[length:]
        return consumed

    # ── Text ─────────────────────────────────────────────────────────────────────────────

    def _take_text(
        self, text: str, now: float, *, is_quick: bool, is_over: bool
    ) -> Iterator[Token]:
        self._late_until = _NEVER
        if now < self._guarded_until:
            yield PasteInput(escape_invalid(self._consume(len(text))))
        elif now < self._burst_until or len(text) > BURST_CHARS:
            self._burst_until = now + BURST_SECONDS
            yield PasteInput(escape_invalid(self._consume(len(text))))
        elif is_over or not self._may_be_burst(text, is_quick=is_quick):
            yield from map(KeyInput, escape_invalid(self._consume(len(text))))

    def _may_be_burst(self, text: str, *, is_quick: bool) -> bool:
        """Whether `text` may be the start of a burst, so it must be held."""
        if len(text) < len(self._sent):
            return False
        return len(text) > _TYPED_AT_ONCE or is_quick or not self._in_text()

    # ── Pastes ───────────────────────────────────────────────────────────────────────────

    def _begin_paste(self, length: int, now: float) -> Iterator[Token]:
        self._late_until = self._burst_until = _NEVER
        self._consume(length)
        self._paste = BracketedPaste(now)
        yield from self._continue_paste(self._consume(len(self._sent)), now)

    def _continue_paste(self, sent: str, now: float) -> Iterator[Token]:
        assert self._paste is not None
        if ended := self._paste.add(sent, now):
            yield from self._end_paste(*ended, now)

    def _end_paste(
        self, text: str, rest: str, now: float, *, is_truncated: bool = False
    ) -> Iterator[Token]:
        self._paste = None
        self._sent = rest
        self._guarded_until = now + GUARD_SECONDS
        if text := decode_keys(text):
            yield PasteInput(escape_invalid(text), is_truncated)

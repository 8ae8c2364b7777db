"""What a terminal sends, told apart: keys, pastes, and what nobody typed.

A key may arrive in pieces, a paste without its end or without any marks, and the terminal answers
questions in the same stream. Nothing of that may turn into text or into a command. Time is passed
in, so a stream and its times always give the same.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from imr_tui.terminal.bracketed_paste import Bracketed
from imr_tui.terminal.escape_sequences import (
    ESC,
    PASTE_BEGINS,
    TEXT,
    Kind,
    head,
    is_report,
    readable,
    with_escape,
)
from imr_tui.terminal.key_encodings import decoded, with_typed_text

ESCAPE_SECONDS = 0.1
"""How long Esc may be the beginning of a key."""
ESCAPE_OVER_SSH_SECONDS = 0.3
"""The same where a link may part what was sent together."""
LATE_SECONDS = 1.0
"""How long after Esc the rest of a key is still known as such, and a begun key may go on."""
GUARD_SECONDS = 0.25
"""How long after a paste nothing is taken as a command."""
BURST = 50
"""Characters at once that nobody has typed."""

BURST_SECONDS = 0.1
"""How long after a part of a burst the next part still belongs to it."""
HOLD_SECONDS = 0.025
"""How long text that may be the beginning of a burst waits for more."""
MAX_ANSWER = 100_000
"""A longer answer of a terminal is none."""
_HAND_SECONDS = 0.015
"""Nobody types two keys within so short a time."""
_HANDFUL = 4
"""More characters at once are held for a moment, to see whether it is a burst."""


def escape_seconds(environment: Mapping[str, str]) -> float:
    """How long Esc may be the beginning of a key on this terminal; ESCDELAY says so, in ms."""
    said = environment.get("ESCDELAY", "")
    if said.isdecimal() and len(said) < 5:
        return min(max(int(said), 25), 1000) / 1000
    is_far = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
    return ESCAPE_OVER_SSH_SECONDS if is_far else ESCAPE_SECONDS


class Pressed(NamedTuple):
    """A key, or a report of the terminal, as the whole sequence that stands for it."""

    sequence: str


class Pasted(NamedTuple):
    """Text that came at once."""

    text: str
    is_cut: bool = False
    """Whether its end never came."""


class Refused(NamedTuple):
    """A key right behind a paste, which may have been in it."""


Token = Pressed | Pasted | Refused
_NEVER = float("-inf")


class InputParser:
    """The stream of one terminal.

    `is_known` says of a sequence whether it is a key or a report, `in_text` whether what is
    typed now goes into a text.
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
        self._paste: Bracketed | None = None
        self._guarded_until = _NEVER
        self._burst_until = _NEVER
        self._late_until = _NEVER

    def feed(self, sent: str, now: float) -> Iterator[Token]:
        """What `sent`, which arrived at `now`, turns out to be."""
        is_quick = now - self._at < _HAND_SECONDS
        self._at = now
        if self._paste is None:
            self._reads = self._reads + 1 if self._sent else 1
            self._sent += sent
        else:
            yield from self._paste_on(sent, now)
        yield from self._take(now, is_quick=is_quick)

    def tick(self, now: float) -> Iterator[Token]:
        """What became clear by waiting until `now`."""
        if self.due(now) != 0:
            return
        if self._paste is not None:
            yield from self._end_paste(self._paste.so_far(), "", now, is_cut=True)
        yield from self._take(now, is_over=True)

    def due(self, now: float) -> float | None:
        """In how many seconds to `tick` if nothing arrives; None if nothing waits."""
        if self._paste is not None:
            return self._paste.due(now)
        return max(0.0, self._at + self._patience() - now) if self._sent else None

    def _patience(self) -> float:
        """How long what was sent last waits for what belongs to it."""
        if self._may_be_late() or self._sent == f"{ESC}O":
            return ESCAPE_OVER_SSH_SECONDS
        if not self._sent.startswith(ESC):
            return HOLD_SECONDS
        is_short = len(self._sent) <= 2 and not self._sent.endswith("[")
        return self._escape_seconds if is_short else LATE_SECONDS

    def _take(
        self, now: float, *, is_quick: bool = False, is_over: bool = False
    ) -> Iterator[Token]:
        """Everything that is certain; `is_over` if nothing more belongs to what waits."""
        while self._sent and self._paste is None:
            self._sent = with_typed_text(with_escape(self._sent), self._is_known)
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

    # ── Keys and answers ─────────────────────────────────────────────────────────────────

    def _take_sequence(self, now: float, *, is_over: bool) -> Iterator[Token]:
        kind, length = head(self._sent)
        match kind:
            case Kind.LONE if is_over:
                yield self._key(self._cut(1), now)
                self._late_until = now + LATE_SECONDS
            case Kind.ESCAPE:
                yield self._key(self._cut(1), now)
            case Kind.WHOLE if self._sent[:length] == PASTE_BEGINS:
                yield from self._begin_paste(length, now)
            case Kind.WHOLE if self._is_known(self._sent[:length]):
                yield self._key(self._cut(length), now)
            case Kind.OPEN_STRING if is_over and self._is_by_hand(length):
                # Behind Alt+P or Alt+], and not an answer.
                yield from map(Pressed, self._cut(length)[2:])
            case Kind.LONE | Kind.OPEN | Kind.OPEN_STRING if not is_over and length < MAX_ANSWER:
                return
            case _:
                self._cut(length)

    def _may_be_late(self) -> bool:
        """Whether what waits could be the rest of a sequence whose Esc came before."""
        return self._late_until != _NEVER and self._sent[:1] in tuple("[O]PX^_")

    def _take_late(self, now: float, *, is_quick: bool, is_over: bool) -> Iterator[Token]:
        kind, length = head(ESC + self._sent)
        length -= 1
        is_open = kind in (Kind.OPEN, Kind.OPEN_STRING)
        if kind is Kind.STRING:
            self._cut(length)
        elif kind is Kind.WHOLE and self._is_known(ESC + self._sent[:length]):
            yield self._key(ESC + self._cut(length), now)
        elif (not is_open or is_over) and (text := TEXT.match(self._sent)):
            yield from self._take_text(text[0], now, is_quick=is_quick, is_over=is_over)

    def _is_by_hand(self, length: int) -> bool:
        """Whether that much came character by character."""
        return self._reads >= length - 1 > 1

    def _take_control(self, now: float) -> Iterator[Token]:
        char = self._cut(1)
        if char < "\x80":
            yield self._key(char, now)
        elif char >= "\ud800":
            yield from map(Pressed, readable(char))

    def _key(self, sequence: str, now: float) -> Token:
        self._late_until = self._burst_until = _NEVER
        if now < self._guarded_until and not is_report(sequence):
            return Refused()
        return Pressed(sequence)

    def _cut(self, length: int) -> str:
        cut, self._sent = self._sent[:length], self._sent[length:]
        return cut

    # ── Text ─────────────────────────────────────────────────────────────────────────────

    def _take_text(
        self, text: str, now: float, *, is_quick: bool, is_over: bool
    ) -> Iterator[Token]:
        self._late_until = _NEVER
        if now < self._guarded_until:
            yield Pasted(readable(self._cut(len(text))))
        elif now < self._burst_until or len(text) > BURST:
            self._burst_until = now + BURST_SECONDS
            yield Pasted(readable(self._cut(len(text))))
        elif is_over or not self._may_go_on(text, is_quick=is_quick):
            yield from map(Pressed, readable(self._cut(len(text))))

    def _may_go_on(self, text: str, *, is_quick: bool) -> bool:
        """Whether `text` could be the beginning of a burst, so that it has to wait."""
        if len(text) < len(self._sent):
            return False
        return len(text) > _HANDFUL or is_quick or not self._in_text()

    # ── Pastes ───────────────────────────────────────────────────────────────────────────

    def _begin_paste(self, length: int, now: float) -> Iterator[Token]:
        self._late_until = self._burst_until = _NEVER
        self._cut(length)
        self._paste = Bracketed(now)
        yield from self._paste_on(self._cut(len(self._sent)), now)

    def _paste_on(self, sent: str, now: float) -> Iterator[Token]:
        assert self._paste is not None
        if ended := self._paste.add(sent, now):
            yield from self._end_paste(*ended, now)

    def _end_paste(
        self, text: str, rest: str, now: float, *, is_cut: bool = False
    ) -> Iterator[Token]:
        self._paste = None
        self._sent = rest
        self._guarded_until = now + GUARD_SECONDS
        if text := decoded(text):
            yield Pasted(readable(text), is_cut)

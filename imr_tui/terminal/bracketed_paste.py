"""Collects one bracketed paste."""

from collections.abc import Iterable
from itertools import groupby, starmap

from imr_tui.terminal.escape_sequences import PASTE_END, TEXT
from imr_tui.terminal.key_encodings import decode_keys

PASTE_SECONDS = 3.0
"""Seconds without input after which the end marker counts as lost."""
_PASTED_CHARS = 16
"""Reads shorter than this are taken for typed keys, not for part of the paste."""


class BracketedPaste:
    """The text received since the start marker, which arrived at `now` (monotonic seconds)."""

    def __init__(self, now: float) -> None:
        self._parts: list[str] = []
        self._last = ""
        self._at = now

    def add(self, sent: str, now: float) -> tuple[str, str] | None:
        """Add a read; after the end marker return the pasted text and the input behind it."""
        self._parts.append(sent)
        if _is_pasted(sent):
            self._at = now
        seen = self._last + sent
        self._last = seen[-len(PASTE_END) :]
        if PASTE_END not in seen:
            return None
        text, _, rest = "".join(self._parts).partition(PASTE_END)
        return text, rest

    def due(self, now: float) -> float:
        """Seconds until the end marker counts as lost."""
        return max(0.0, self._at + PASTE_SECONDS - now)

    def received(self) -> str:
        """The text so far, without keys that were typed while the end marker was missing."""
        return "".join(starmap(_text_of, groupby(self._parts, _is_pasted)))


def _is_pasted(sent: str) -> bool:
    return len(sent) >= _PASTED_CHARS


def _text_of(is_bulk: bool, parts: Iterable[str]) -> str:
    sent = "".join(parts)
    return sent if is_bulk else "".join(TEXT.findall(decode_keys(sent)))

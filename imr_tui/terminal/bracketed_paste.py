"""One paste between its marks, on its way in."""

from collections.abc import Iterable
from itertools import groupby, starmap

from imr_tui.terminal.escape_sequences import PASTE_END, TEXT
from imr_tui.terminal.key_encodings import decode_keys

PASTE_SECONDS = 3.0
"""How long a paste may pause before its end is taken to be lost."""
_PASTED_CHARS = 16
"""Fewer characters at once are somebody's keys, and not a paste that goes on."""


class BracketedPaste:
    """What has come of a paste since the mark of its beginning, which came at `now`."""

    def __init__(self, now: float) -> None:
        self._parts: list[str] = []
        self._last = ""
        self._at = now

    def add(self, sent: str, now: float) -> tuple[str, str] | None:
        """Take what came; once the end is there, the text and what came behind it."""
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
        """In how many seconds its end is taken to be lost."""
        return max(0.0, self._at + PASTE_SECONDS - now)

    def received(self) -> str:
        """What came of it, without the keys that somebody has pressed meanwhile."""
        return "".join(starmap(_text_of, groupby(self._parts, _is_pasted)))


def _is_pasted(sent: str) -> bool:
    return len(sent) >= _PASTED_CHARS


def _text_of(is_bulk: bool, parts: Iterable[str]) -> str:
    sent = "".join(parts)
    return sent if is_bulk else "".join(TEXT.findall(decode_keys(sent)))

"""The protocol of `hunspell -a`: a word on each line, and what hunspell replies about it.

Source: hunspell(1) and ispell(1), section "-a". A `^` before the word keeps hunspell from reading
it as a command.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imr_tui.spelling.words import is_checked

MAX_SUGGESTIONS = 15
"""Suggestions that are read for a word; hunspell gives as many."""
MAX_LINE = 4_000
"""Bytes of the longest reply."""
_LONGEST_SUGGESTION = 60
_RIGHT = ("*", "+", "-")
"""Replies that begin like this: a word, a form of a word, a compound of words."""
_IN_WORDS = frozenset("' -")

Suggestions = tuple[str, ...]
"""What a misspelled word may have meant, the best first; often empty."""


class BadReply(ValueError):
    """A reply that does not follow the protocol."""


def request(words: Sequence[str]) -> bytes:
    """What to send for `words`; raises ValueError for a word whose spelling is not checked."""
    if not all(map(is_checked, words)):
        raise ValueError("a word of small letters is expected")
    return "".join(f"^{word}\n" for word in words).encode("ascii")


def verdict(word: str, line: str) -> Suggestions | None:
    """The suggestions in the reply about `word`; None if it is right. Raises BadReply."""
    if line.startswith(_RIGHT):
        return None
    head, colon, listed = line.partition(":")
    match head.split(" "):
        case ["&", asked, count, offset] if colon and asked == word:
            is_reply = _is_number(count) and _is_number(offset)
        case ["#", asked, offset] if asked == word:
            is_reply = not colon and _is_number(offset)
        case _:
            is_reply = False
    if not is_reply:
        raise BadReply("an unexpected reply")
    return tuple(_suggestions(word, listed))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _suggestions(word: str, listed: str) -> Iterator[str]:
    """The first suggestions, each once, without those that no text should contain."""
    said = (each.strip() for each in listed.split(","))
    fit = (each for each in dict.fromkeys(said) if each != word and _is_suggestion(each))
    yield from (each for _, each in zip(range(MAX_SUGGESTIONS), fit, strict=False))


def _is_suggestion(text: str) -> bool:
    is_text = all(char.isalpha() or char in _IN_WORDS for char in text)
    return text[:1].isalpha() and is_text and len(text) <= _LONGEST_SUGGESTION


class ReplyReader:
    """Divides what hunspell writes into replies: a greeting, then a line about each word."""

    def __init__(self) -> None:
        self._pending = b""
        self._is_greeted = False

    def feed(self, data: bytes) -> Iterator[str]:
        """Yield each reply that is complete with `data`; raises BadReply."""
        *lines, self._pending = (self._pending + data).split(b"\n")
        if any(len(each) > MAX_LINE for each in (*lines, self._pending)):
            raise BadReply("a reply that is too long")
        for line in lines:
            if not self._is_greeted:
                self._greet(line)
            elif line.strip():
                yield _decoded(line)

    def _greet(self, line: bytes) -> None:
        if not line.startswith(b"@(#)"):
            raise BadReply("another program")
        self._is_greeted = True


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError as error:
        raise BadReply("a reply that is not UTF-8") from error

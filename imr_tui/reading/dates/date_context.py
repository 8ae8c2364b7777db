"""The words around a date, which say what happened on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.reading.language.sentences import sentence_at

if TYPE_CHECKING:
    from imr_tui.reading.dates.dates import DateMention

_CONTEXT = 300
"""Number of characters to examine before a date."""


def words_around(text: str, mention: DateMention) -> tuple[str, str]:
    """The words before and after a date in its sentence, single-spaced and in lower case."""
    sentence = sentence_at(text, mention.span[0])
    start, end = mention.span
    before = " ".join(text[max(sentence.start, start - _CONTEXT) : start].lower().split())
    after = text[end : min(max(sentence.span[1], end), end + 3 * _CONTEXT)]
    spaced = " ".join(after.lower().split())
    return f"{before} ", f" {spaced}" if after[:1].isspace() else spaced

"""Digests of the sentences that were copied, to see later which of them are unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from imr_tui.model.limits import MAX_COPIED
from imr_tui.reading.language.patterns import unaccented
from imr_tui.reading.language.sentences import SENTENCE_CACHE_SIZE, Sentence, sentences

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Copied, Item

DIGITS = 12
"""Hexadecimal digits of a digest; a case file contains no copied text."""


def copied(source: Case, index: int, text: str, now: datetime) -> Copied:
    """The record of a copy of `text` from the rationale of the item at `index`, for `add_copied`.

    `text` is the text as it stands in the source, before facts were replaced. Of more than
    `MAX_COPIED` sentences, the first ones are recorded.
    """
    # pydantic loads with the first case, not with the screens that import this module.
    from imr_tui.model.case import Copied

    digests = dict.fromkeys(_digest(each.text) for each in sentences(text))
    at = now.astimezone(UTC).replace(microsecond=0)
    return Copied(case=source.number, item=index + 1, sentences=tuple(digests)[:MAX_COPIED], at=at)


def unchanged_sentences(item: Item) -> Iterator[Sentence]:
    """The sentences of a rationale that are as they were in the source, in order.

    White space, letter case and the form of apostrophes do not count as changes.
    """
    if known := {digest for each in item.copied for digest in each.sentences}:
        yield from (each for each in sentences(item.rationale) if _digest(each.text) in known)


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def _digest(sentence: str) -> str:
    plain = " ".join(unaccented(sentence).casefold().split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]

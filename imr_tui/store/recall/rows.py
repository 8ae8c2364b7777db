"""Rationales as rows of the index, and back."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from imr_tui.domain.citation_text import words
from imr_tui.model.evidence import Citation
from imr_tui.recall.rationale import Rationale
from imr_tui.recall.subject import subject

if TYPE_CHECKING:
    from imr_tui.store.worklist.case_files import FileStamp

COLUMNS = "subject, number, request, cited, text, decision, day, citations"
_SLOTS = 1 << 20
"""Ids for each millisecond."""


def first_id(rationale: Rationale, stamp: FileStamp) -> int:
    """The lowest id of a rationale: ids are in the order of time, so that a search can end early.

    A determination is as old as its date, a draft as its file.
    """
    edited = datetime.fromtimestamp(stamp.mtime_ns / 1e9, UTC)
    moment = edited
    if rationale.day != edited.date():
        moment = datetime.combine(rationale.day, time(), UTC)
    return max(int(moment.timestamp() * 1000), 0) * _SLOTS


def last_id(first: int) -> int:
    """The highest id of the same millisecond."""
    return first + _SLOTS - 1


def row(rationale: Rationale) -> tuple[str, ...]:
    """The values of COLUMNS."""
    return (
        subject(rationale.request).words,
        rationale.number,
        rationale.request,
        "\n".join(map(words, rationale.citations)),
        rationale.text,
        rationale.decision or "",
        str(rationale.day),
        _citations().dump_json(rationale.citations).decode(),
    )


def rationale_of(item: int, values: tuple[Any, ...]) -> Rationale:
    """The rationale in the values of COLUMNS; raises ValueError if they are not such values."""
    _, number, request, _, text, decision, day, citations = values
    return Rationale(
        number,
        item,
        request,
        decision or None,
        date.fromisoformat(day),
        text,
        _citations().validate_json(citations),
    )


@cache
def _citations() -> TypeAdapter[tuple[Citation, ...]]:
    return TypeAdapter(tuple[Citation, ...])


def digest(rationale: Rationale) -> bytes:
    """Equal for rationales of the same words."""
    return hashlib.sha256(" ".join(rationale.text.split()).encode()).digest()[:16]

"""Compares two states of a case field by field and word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from imr_tui.model.case import Case, to_plain

CONTEXT = 6
"""Unchanged words shown on each side of a change."""
MAX_WORDS = 4_000
"""Longest run of changed words that is matched word by word; a longer one would take too long."""

Kind = Literal["same", "gone", "new"]
"""In both texts, only in the first, or only in the second."""


@dataclass(frozen=True)
class Piece:
    """Consecutive words of a field."""

    kind: Kind
    """Whether the words are unchanged, removed or added."""
    text: str
    """The words; unchanged words far from a change are replaced by `...`."""


@dataclass(frozen=True)
class Diff:
    """A field that differs."""

    field: str
    """The name of the field as displayed: `item 2 rationale`."""
    pieces: tuple[Piece, ...]
    """The text of the field, with its changes."""


def differences(before: Case | None, after: Case | None) -> tuple[Diff, ...]:
    """Return the fields that differ between `before` and `after`, in case file order."""
    old, new = (dict(_fields(to_plain(case))) if case else {} for case in (before, after))
    order = [*old, *(field for field in new if field not in old)]
    return tuple(
        Diff(field, _pieces(old.get(field, ""), new.get(field, "")))
        for field in order
        if old.get(field, "") != new.get(field, "")
    )


def lines(found: tuple[Diff, ...]) -> Iterator[str]:
    """Format differences as lines: the field, then `- ` with old and `+ ` with new words."""
    marks = {"same": "  ", "gone": "- ", "new": "+ "}
    for difference in found:
        yield difference.field
        for piece in difference.pieces:
            yield from (f"  {marks[piece.kind]}{line}" for line in piece.text.split("\n"))


def _fields(tables: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield every value with its displayed field name, entries counted from 1."""
    for key, value in tables.items():
        field = f"{above} {key}".strip()
        if isinstance(value, dict):
            yield from _fields(value, field)
        elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
            for at, row in enumerate(value, 1):
                yield from _fields(row, f"{above} {_single(key)} {at}".strip())
        elif isinstance(value, list | tuple):
            yield field, ", ".join(map(str, value))
        else:
            yield field, str(value)


def _single(key: str) -> str:
    return key.removesuffix("s").replace("_", " ")


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in _match(_words(before), _words(after)) if piece.text)


def _words(text: str) -> list[str]:
    """Split into words, each with the white space before it."""
    return re.findall(r"\s*\S+|\s+\Z", text)


def _match(old: list[str], new: list[str]) -> Iterator[Piece]:
    start = _common_prefix(old, new)
    end = _common_prefix(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    yield _unchanged(old[:start], is_first=True)
    if max(len(middle_old), len(middle_new)) > MAX_WORDS:
        yield _changed("gone", middle_old)
        yield _changed("new", middle_new)
    else:
        yield from _compare(middle_old, middle_new)
    yield _unchanged(old[len(old) - end :], is_last=True)


def _compare(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield _unchanged(old[i:j])
        else:
            yield _changed("gone", old[i:j])
            yield _changed("new", new[k:m])


def _common_prefix(old: list[str], new: list[str]) -> int:
    """Number of leading words that both share."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _unchanged(words: list[str], *, is_first: bool = False, is_last: bool = False) -> Piece:
    before = [] if is_first else words[:CONTEXT]
    after = [] if is_last else words[-CONTEXT:]
    if len(words) <= len(before) + len(after):
        return Piece("same", _joined(words))
    return Piece("same", " ".join(filter(None, (_joined(before), "...", _joined(after)))))


def _changed(kind: Kind, words: list[str]) -> Piece:
    whole = "".join(words)
    return Piece(kind, whole.strip() or ("(space)" if whole else ""))


def _joined(words: list[str]) -> str:
    return " ".join("".join(words).split())

"""What differs between two states of a case, field by field and word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from imr_tui.model.case import Case, to_plain

CONTEXT = 6
"""Words that are shown around a change."""
MOST_WORDS = 4_000
"""A longer stretch of changed words is told as a whole; to match it would take too long."""

Kind = Literal["same", "gone", "new"]
"""Words that both have, that only the first has, that only the second has."""


@dataclass(frozen=True)
class Piece:
    """Some words of a field, in the order of reading."""

    kind: Kind
    """Whether they stay, go or come."""
    text: str
    """The words; of those that stay only the ones nearby, with `...` for the others."""


@dataclass(frozen=True)
class Diff:
    """One field that is not the same."""

    field: str
    """Where it is, for a reader: `item 2 rationale`."""
    pieces: tuple[Piece, ...]
    """What changed in it."""


def differences(before: Case | None, after: Case | None) -> tuple[Diff, ...]:
    """The fields in which `after` differs from `before`, in the order of the case file."""
    old, new = (dict(_fields(to_plain(case))) if case else {} for case in (before, after))
    order = [*old, *(field for field in new if field not in old)]
    return tuple(
        Diff(field, _pieces(old.get(field, ""), new.get(field, "")))
        for field in order
        if old.get(field, "") != new.get(field, "")
    )


def lines(found: tuple[Diff, ...]) -> Iterator[str]:
    """The differences as lines: the field, then `- ` what goes and `+ ` what comes."""
    marks = {"same": "  ", "gone": "- ", "new": "+ "}
    for difference in found:
        yield difference.field
        for piece in difference.pieces:
            yield from (f"  {marks[piece.kind]}{line}" for line in piece.text.split("\n"))


def _fields(tables: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a case by its path for a reader, entries counted from 1."""
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
    return tuple(piece for piece in _matched(_words(before), _words(after)) if piece.text)


def _words(text: str) -> list[str]:
    """The words of `text`, each with the space before it."""
    return re.findall(r"\s*\S+|\s+\Z", text)


def _matched(old: list[str], new: list[str]) -> Iterator[Piece]:
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    yield _same(old[:start], is_first=True)
    if max(len(middle_old), len(middle_new)) > MOST_WORDS:
        yield _changed("gone", middle_old)
        yield _changed("new", middle_new)
    else:
        yield from _compared(middle_old, middle_new)
    yield _same(old[len(old) - end :], is_last=True)


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield _same(old[i:j])
        else:
            yield _changed("gone", old[i:j])
            yield _changed("new", new[k:m])


def _shared(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _same(words: list[str], *, is_first: bool = False, is_last: bool = False) -> Piece:
    before = [] if is_first else words[:CONTEXT]
    after = [] if is_last else words[-CONTEXT:]
    if len(words) <= len(before) + len(after):
        return Piece("same", _shown(words))
    return Piece("same", " ".join(filter(None, (_shown(before), "...", _shown(after)))))


def _changed(kind: Kind, words: list[str]) -> Piece:
    whole = "".join(words)
    return Piece(kind, whole.strip() or ("(space)" if whole else ""))


def _shown(words: list[str]) -> str:
    return " ".join("".join(words).split())

"""Describes in plain words how two states of a case differ, for undo and redo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from imr_tui.domain.field_names import ITEM_FIELDS, ITEM_LISTS, PARTICULARS, PARTIES, TABLES
from imr_tui.domain.find import text_name, texts
from imr_tui.domain.workflow import Place
from imr_tui.text.user_input import american

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item
    from imr_tui.text.search import Span

_MAX_MATCHED = 500
"""More words are not matched with each other, which would take quadratic time."""


@dataclass(frozen=True)
class Difference:
    """A part of the case that differs."""

    place: Place
    """The field to show."""
    says: str
    """The field and how much of it differs: `summary, 3 words`."""
    span: Span = (0, 0)
    """In a long text, the characters that differ, in the later state."""


def describe(before: Case, after: Case) -> tuple[Difference, ...]:
    """The parts that differ from `before` to `after`, long texts first."""
    found = (*_texts(before, after), *_items(before, after), *_others(before, after))
    if not found and before != after:
        # Fields that no screen edits, such as the time of an attestation.
        return (Difference(Place("case"), "a field of the case"),)
    return found


def sentence(did: str, found: tuple[Difference, ...], then: str) -> str:
    """`Undone: summary, 3 words (^y redoes)`; `found` is not empty."""
    rest = len(found) - 1
    more = f", and {rest} more change{'s' * (rest > 1)}" if rest > 0 else ""
    return f"{did}: {found[0].says}{more} ({then})"


def in_text(place: Place, before: str, after: str) -> Difference:
    """How a long text differs."""
    span, amount = _compare(before, after)
    return Difference(place, f"{text_name(place)}, {amount}", span)


def _compare(before: str, after: str) -> tuple[Span, str]:
    """The characters of `after` that differ, and how many words or characters that is."""
    start = _common(before, after)
    room = min(len(before), len(after)) - start
    end = min(_common(before[::-1], after[::-1]), room)
    gone, new = before[start : len(before) - end], after[start : len(after) - end]
    longer, text = (gone, before) if len(gone) >= len(new) else (new, after)
    span = (start, start + len(new))
    words = _changed_words(gone.split(), new.split())
    if len(longer.split()) == 1:
        left, right = text[max(start - 1, 0) : start], text[start + len(longer) :][:1]
        is_word = not (left + longer[:1]).isalnum() or not left
        ends_word = not (longer[-1:] + right).isalnum() or not right
        words = int(is_word and ends_word and len(longer.strip()) > 1)
    return span, counted(words, "word") if words else counted(len(longer), "character")


def _changed_words(old: list[str], new: list[str]) -> int:
    """How many words differ, as far as that is counted quickly."""
    if len(old) == len(new):
        return sum(one != other for one, other in zip(old, new, strict=True))
    most = max(len(old), len(new))
    if most > _MAX_MATCHED or not (old and new):
        return most
    matched = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return most - sum(block.size for block in matched)


def counted(count: int, what: str) -> str:
    """`1 word`, `3 words`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _common(one: str, other: str) -> int:
    """The number of equal characters at the start, by halving: texts may be long."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _texts(before: Case, after: Case) -> Iterator[Difference]:
    if len(before.items) != len(after.items) or _is_reordered(before, after):
        # A rationale has another number now; `_items` describes that.
        old, new = before.summary.text, after.summary.text
        if old != new:
            yield in_text(Place("summary.text"), old, new)
        return
    for (place, old), (_, new) in zip(texts(before), texts(after), strict=True):
        if old != new:
            yield in_text(place, old, new)


def _items(before: Case, after: Case) -> Iterator[Difference]:
    count = len(before.items)
    if count != len(after.items):
        pairs = zip(before.items, after.items, strict=False)
        common = min(count, len(after.items))
        at = next((at for at, (one, other) in enumerate(pairs) if one != other), common)
        did = "removed" if len(after.items) < count else "added"
        yield Difference(Place("items"), f"item {at + 1} {did}")
    elif _is_reordered(before, after):
        yield Difference(Place("items"), "order of the items")
    else:
        for at, (one, other) in enumerate(zip(before.items, after.items, strict=True)):
            if one is not other:
                yield from _item(at, one, other)


def _is_reordered(before: Case, after: Case) -> bool:
    return before.items != after.items and set(before.items) == set(after.items)


def _item(at: int, before: Item, after: Item) -> Iterator[Difference]:
    number = f"item {at + 1}"
    for name, what in ITEM_LISTS.items():
        if said := _listed(getattr(before, name), getattr(after, name)):
            yield Difference(Place(name, at), f"{number} {what} {said}")
    for name, what in ITEM_FIELDS.items():
        if said := _value(getattr(before, name), getattr(after, name)):
            yield Difference(Place(name, at), f"{number} {what}, {said}")


def _others(before: Case, after: Case) -> Iterator[Difference]:
    for name, what in PARTIES.items():
        if said := _value(getattr(before.parties, name), getattr(after.parties, name)):
            yield Difference(Place(f"parties.{name}"), f"{what}, {said}")
    for name, what in PARTICULARS.items():
        if said := _value(getattr(before.particulars, name), getattr(after.particulars, name)):
            yield Difference(Place(f"case.{name}"), f"{what}, {said}")
    if said := _listed(before.records, after.records):
        yield Difference(Place("records"), f"document {said}")
    for name, what in {"licenses": "licenses", "specialties": "specialties"}.items():
        if said := _value(getattr(before.reviewer, name), getattr(after.reviewer, name)):
            yield Difference(Place(f"reviewer.{name}"), f"{what}, {said}")
    if said := _listed(before.reviewer.attested, after.reviewer.attested):
        yield Difference(Place("reviewer.attested"), f"attestation {said}")
    if before.acknowledged != after.acknowledged:
        keys = before.acknowledged.keys() ^ after.acknowledged.keys()
        said = " and ".join(sorted(keys)[:2]) or "a warning"
        did = "removed" if len(after.acknowledged) < len(before.acknowledged) else "added"
        yield Difference(Place("acknowledged"), f"acceptance of {said} {did}")
    for name, what in TABLES.items():
        if (old := getattr(before, name)) != (new := getattr(after, name)):
            did = "added" if old is None else "removed" if new is None else "changed"
            yield Difference(Place(name), f"{what} {did}")


def _listed(before: tuple[object, ...], after: tuple[object, ...]) -> str:
    """How a list differs."""
    if before == after:
        return ""
    if len(before) == len(after):
        return "moved" if all(each in after for each in before) else "changed"
    return "removed" if len(after) < len(before) else "added"


def _value(before: object, after: object) -> str:
    """How a value differs: `now 10/23/2013`, `Upheld removed`, `3 words`."""
    if before == after:
        return ""
    if isinstance(before, tuple) and isinstance(after, tuple):
        before, after = "; ".join(map(str, before)), "; ".join(map(str, after))
    if isinstance(before, str) and isinstance(after, str) and max(len(before), len(after)) >= _LONG:
        return _compare(before, after)[1]
    if after in (None, "", 0):
        shown = _shown(before)
        return f"{shown} removed" if shown else "removed"
    return f"now {_shown(after)}" if _shown(after) else "changed"


_LONG = 25
"""Longer values are not shown in full."""


def _shown(value: object) -> str:
    if isinstance(value, date):
        return american(value)
    if isinstance(value, int):
        return f"item {value}"
    words = value if isinstance(value, str) else ""
    return words.capitalize() if words in ("upheld", "overturned") else words

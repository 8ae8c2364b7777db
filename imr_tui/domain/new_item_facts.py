"""The items in dispute that the organization changed, added or took back."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from imr_tui.domain.citation_text import words
from imr_tui.domain.fact_change import NOT_LISTED, FactChange, shown
from imr_tui.domain.field_names import ITEM_FIELDS
from imr_tui.model import edits
from imr_tui.model.tuples import with_item

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item

_FIELDS = ("request", "original", "authorized", "date_of_service")
"""The fields of an item that an assignment states, besides the administrator's citations."""
_CITED = "administrator_citations"
_WARNING = "Accepting removes the decision, the rationale and the citations of this item."


def item_changes(current: Case, before: Case, after: Case) -> Iterator[FactChange]:
    """What differs in the items from `before` to `after`, and from those of `current`.

    Items belong together if their requests are equal, or else by their positions. Those that were
    taken back come last, from the last one on, so that no change moves the item of a later one.
    """
    was, now = matched(before.items, after.items), matched(before.items, current.items)
    for old, new in was.items():
        if (here := now.get(old)) is not None:
            given = before.items[old], after.items[new]
            yield from _changed(here, current.items[here], *given)
    known = {_request(item) for item in current.items}
    matches = set(was.values())
    for new, item in enumerate(after.items):
        if new not in matches and _request(item) not in known:
            yield _added(item)
    gone = (now[old] for old in now.keys() - was.keys())
    for here in sorted(gone, reverse=True):
        yield _removed(here, current.items[here])


def matched(before: tuple[Item, ...], after: tuple[Item, ...]) -> dict[int, int]:
    """For each item of `before` the index of the same one in `after`; others are not named."""
    places: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for at, item in enumerate(after):
        places[_request(item)].append(at)
    found = {}
    for old, item in enumerate(before):
        if same := places[_request(item)]:
            found[old] = same.popleft()
    taken = set(found.values())
    common = range(min(len(before), len(after)))
    found |= {at: at for at in common if at not in found and at not in taken}
    return dict(sorted(found.items()))


def _request(item: Item) -> tuple[str, ...]:
    """The request, however it is spaced and capitalized."""
    return tuple(item.request.casefold().split())


def _changed(here: int, item: Item, before: Item, after: Item) -> Iterator[FactChange]:
    """The fields of the item at the index `here` that differ."""
    for name in (*_FIELDS, _CITED):
        now, old, new = (getattr(each, name) for each in (item, before, after))
        if new not in (old, now):
            label = f"item {here + 1} {_LABELS[name]}"
            change = partial(with_item, index=here, **{name: new})
            yield FactChange(f"items[{here}].{name}", label, _shown(now), _shown(new), change)


_LABELS = {**ITEM_FIELDS, _CITED: "administrator's citations"}


def _shown(value: Any) -> str:
    is_cited = isinstance(value, tuple)
    return "; ".join(map(words, value)) if is_cited else shown(value)


def _added(item: Item) -> FactChange:
    fields = {name: getattr(item, name) for name in (*_FIELDS, _CITED)}
    add = partial(_add, fields=fields)
    return FactChange("items added", "new item", NOT_LISTED, item.request, add)


def _add(case: Case, fields: dict[str, Any]) -> Case:
    added = edits.add_item(case)
    return with_item(added, len(added.items) - 1, **fields)


def _removed(here: int, item: Item) -> FactChange:
    has_work = bool(item.decision or item.rationale.strip() or item.citations)
    return FactChange(
        "items removed",
        f"item {here + 1} taken back",
        item.request,
        NOT_LISTED,
        partial(edits.remove_item, index=here),
        _WARNING if has_work else "",
    )

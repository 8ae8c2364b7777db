"""The states and specialties of a reviewer, and lists of them as typed."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from imr_tui.catalogue.tables import table

LONGEST_SHORT = 6
"""Characters that an abbreviation may have, as OB/GYN has."""

_ITEM_START = re.compile(r"(?:^|[,;])\s*")


@cache
def states() -> tuple[str, ...]:
    """The states, then the territories, that license physicians."""
    return tuple(_postal_codes())


@cache
def specialties() -> tuple[str, ...]:
    """The titles of the specialties and professions a reviewer may have."""
    return tuple(row["title"] for row in table("specialties")["specialty"])


def state(name: str) -> str | None:
    """The state that `name` is a name or the postal code of."""
    return _states_by_name().get(_key(name))


def specialty(name: str) -> str | None:
    """The title of the specialty that `name` is the title or an alias of."""
    return _specialties_by_name().get(_key(name))


def spelled_out(typed: str, known: Sequence[str]) -> str:
    """A typed list with its abbreviations written out: `TX, PM&R`. Other words stay as they are."""
    items = split_list(typed, known)
    spelled = [_full(item, known) if _is_short(item) else item for item in items]
    return typed if list(items) == spelled else ", ".join(spelled)


def _is_short(item: str) -> bool:
    return len(item) <= LONGEST_SHORT and item.isupper()


def _full(item: str, known: Sequence[str]) -> str:
    return next((full for full in (state(item), specialty(item)) if full and full in known), item)


def complete(typed: str, known: Sequence[str]) -> str | None:
    """`typed` with the last item of its list completed from `known`, or None if it cannot be."""
    for start in _item_starts(typed, longest=max(map(len, known), default=0)):
        title = _completed(typed[start:], known)
        if title is not None:
            whole = typed[:start] + title
            return None if whole == typed else whole
    return None


def split_list(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The items of a list typed with commas and semicolons.

    A title in `known` that itself holds a comma stays one item, and is spelled as there.
    """
    titles = {parts: title for title in known if len(parts := _parts(title.casefold())) > 1}
    return tuple(chain.from_iterable(_split_commas(run, titles) for run in text.split(";")))


def _split_commas(text: str, titles: dict[tuple[str, ...], str]) -> Iterator[str]:
    """The items of `text`, the longest of `titles` first; `titles` are keyed by their parts."""
    parts = _parts(text)
    folded = tuple(part.casefold() for part in parts)
    lengths = sorted({len(title_parts) for title_parts in titles}, reverse=True)
    start = 0
    while start < len(parts):
        length = next((n for n in lengths if folded[start : start + n] in titles), 1)
        yield titles.get(folded[start : start + length], parts[start])
        start += length


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _item_starts(typed: str, longest: int) -> list[int]:
    """Where the last item may begin, farthest first, for a title may itself hold a comma."""
    starts = (item.end() for item in _ITEM_START.finditer(typed))
    return [start for start in starts if start >= len(typed) - longest]


def _completed(item: str, known: Sequence[str]) -> str | None:
    """The title that `item` is, or else the first that it begins."""
    start = item.casefold()
    if not start:
        return None
    candidates = [title for title in known if title.casefold().startswith(start)]
    return min(candidates, key=lambda title: title.casefold() != start, default=None)


def _key(name: str) -> str:
    return name.strip().casefold().replace(" & ", " and ").replace(".", "")


@cache
def _postal_codes() -> dict[str, str]:
    tables = table("states")
    return {**tables["states"], **tables["territories"]}


@cache
def _states_by_name() -> dict[str, str]:
    by_code = {_key(code): name for name, code in _postal_codes().items()}
    by_alias = {
        _key(alias): by_code[_key(code)] for alias, code in table("states")["aliases"].items()
    }
    return by_code | by_alias | {_key(name): name for name in states()}


@cache
def _specialties_by_name() -> dict[str, str]:
    rows = table("specialties")["specialty"]
    by_alias = {_key(alias): row["title"] for row in rows for alias in row.get("aliases", ())}
    # A title of its own ("Occupational Medicine") beats its use as an alias of another.
    return by_alias | {_key(title): title for title in specialties()}

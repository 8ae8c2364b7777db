"""States and specialties of reviewers, and parsing of typed lists of them."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import chain

from imr_tui.catalogue.tables import table

MAX_ABBREVIATION = 6
"""Maximum length of an abbreviation such as OB/GYN."""

_NEAR = 0.7
"""How alike a title and a word have to be, from 0 to 1, to suggest the title."""
_ITEM_START = re.compile(r"(?:^|[,;])\s*")
_JOINT = re.compile(r"\s*/\s*|\s+-\s+")
_BOUNDARY = re.compile(r"[/(),;]|\s-\s")


@cache
def states() -> tuple[str, ...]:
    """States that license physicians, followed by the territories."""
    return tuple(_postal_codes())


@cache
def specialties() -> tuple[str, ...]:
    """Titles of the specialties and professions that a reviewer may have."""
    return tuple(row["title"] for row in table("specialties")["specialty"])


def state(name: str) -> str | None:
    """The state with this name or postal code."""
    return _states_by_name().get(_key(name))


def specialty(name: str) -> str | None:
    """The title of the specialty with this title or alias."""
    return _specialties_by_name().get(_key(name))


def is_specialty(name: str) -> bool:
    """Whether this is a specialty, or several joined by a slash, a dash, a comma or brackets."""
    if specialty(name) is not None:
        return True
    parts = [part for part in _BOUNDARY.split(name) if part.strip()]
    return len(parts) > 1 and all(specialty(part) is not None for part in parts)


def spelled_out(typed: str, known: Sequence[str]) -> str:
    """Expand the abbreviations in a typed list (`TX, PM&R`), leaving other words alone."""
    items = split_list(typed, known)
    expanded = [_expand(item, known) if _is_abbreviation(item) else item for item in items]
    return typed if list(items) == expanded else ", ".join(expanded)


def _is_abbreviation(item: str) -> bool:
    return len(item) <= MAX_ABBREVIATION and item.isupper()


def _expand(item: str, known: Sequence[str]) -> str:
    return next((full for full in (state(item), specialty(item)) if full and full in known), item)


def complete(typed: str, known: Sequence[str]) -> str | None:
    """Complete the last item of a typed list from `known`; None if that is not possible."""
    for start in _item_starts(typed, longest=max(map(len, known), default=0)):
        title = _best_match(typed[start:], known)
        if title is not None:
            whole = typed[:start] + title
            return None if whole == typed else whole
    return None


def accepted(typed: str, known: Sequence[str]) -> str:
    """A typed list with its last item completed, if only one known title begins with it.

    Abbreviations are expanded. A title that is typed in full stays as it is.
    """
    for start in _item_starts(typed, longest=max(map(len, known), default=0)):
        item = typed[start:].strip().casefold()
        titles = [title for title in known if item and title.casefold().startswith(item)]
        if len(titles) == 1 and not _is_abbreviation(typed[start:].strip()):
            return typed[:start] + titles[0]
    return spelled_out(typed, known)


def unknown(typed: str, known: Sequence[str]) -> tuple[str, ...]:
    """The items of a typed list that are in no spelling among the known titles."""
    titles = {_key(title) for title in known}
    return tuple(
        item
        for item in split_list(typed, known)
        if _key(item) not in titles and _expand(item, known) == item
    )


def nearest(item: str, known: Sequence[str]) -> str:
    """The known title that `item` is most likely meant for; blank if none is near."""
    word = item.casefold()
    # A whole title first, then the beginning of one.
    for size in (None, len(word)):
        by_key = {title.casefold()[:size]: title for title in reversed(known)}
        if found := get_close_matches(word, list(by_key), n=1, cutoff=_NEAR):
            return by_key[found[0]]
    return ""


def question(typed: str, known: Sequence[str], noun: str) -> str:
    """A question about the first item of a typed list that is not known; blank if all are.

    `noun` is what an item is, such as `state`.
    """
    for item in unknown(typed, known):
        title = nearest(item, known)
        meant = f" Did you mean {title}?" if title else ""
        return f'"{item}" is not a known {noun}.{meant}'
    return ""


def split_list(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Split a typed list at commas and semicolons.

    A title in `known` that contains a comma stays one item, in the spelling of `known`.
    """
    titles = {parts: title for title in known if len(parts := _parts(title.casefold())) > 1}
    return tuple(chain.from_iterable(_split_commas(run, titles) for run in text.split(";")))


def _split_commas(text: str, titles: dict[tuple[str, ...], str]) -> Iterator[str]:
    """Split `text` at commas, longest titles first; `titles` is keyed by comma-separated parts."""
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
    """Possible starts of the last item, longest first, because a title may contain a comma."""
    starts = (item.end() for item in _ITEM_START.finditer(typed))
    return [start for start in starts if start >= len(typed) - longest]


def _best_match(item: str, known: Sequence[str]) -> str | None:
    """The title equal to `item`, else the first one that begins with it."""
    start = item.casefold()
    if not start:
        return None
    candidates = [title for title in known if title.casefold().startswith(start)]
    return min(candidates, key=lambda title: title.casefold() != start, default=None)


def _key(name: str) -> str:
    """A form that is equal for all spellings of a name."""
    plain = name.strip().casefold().replace(" & ", " and ").replace(".", "")
    plain = plain.replace("orthopedic", "orthopaedic").replace("diseases", "disease")
    return _JOINT.sub("/", plain)


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
    # A title ("Occupational Medicine") takes precedence over the same words as an alias.
    return by_alias | {_key(title): title for title in specialties()}

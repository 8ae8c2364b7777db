"""Finds the field of a case for a name under which an organization sends it."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.domain.form_imr import NAMES, NOT_KEPT, OF_ITEMS, ROWS, TABLES, WHOSE
from imr_tui.model.limits import MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

Path = tuple[str | int, ...]
"""The place of a field: `("case", "number")`, `("items", 0, "request")`, `("status",)`."""
DROPPED = "dropped"
"""First part of the path of a field that is not kept; the second part names it for users."""
IGNORED: Path = ("ignored",)
"""The path of a field that the site's settings leave out."""

_MAX_NAME = 100
"""Longer names are unknown; also the part of a name that is searched for a similar one."""
_NUMBERED = re.compile(r"(item|service|treatment|record)s?_([1-9]\d{0,3})(?:_(.+))?", re.ASCII)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_REMARK = re.compile(r"\([^()]*\)")
_PUNCTUATION = re.compile(r"[\W_]+")


class Names(NamedTuple):
    """The names of fields, with those that the site adds."""

    added: Mapping[str, Path]
    """The site's own names as they are written, and normalized; `IGNORED` for those left out."""

    def path(self, name: str) -> Path | None:
        """The path of the field that is called `name`, or None if the name is unknown."""
        if not self.added:
            return path_of(name)
        return self.added.get(name) or self.added.get(normalized(name)) or path_of(name)

    def unknown(self, name: str) -> str:
        """Error text about an unknown name, after it: that it is unknown, and the nearest one."""
        near = _nearest(name[:_MAX_NAME], tuple(self.added))
        return f"is not a known key{f', did you mean {near!r}' if near else ''}"


FORM_IMR = Names({})
"""The names that every site knows."""


def shortened(name: str) -> str:
    """A name as an error quotes it."""
    return name if len(name) <= _MAX_NAME else f"{name[:_MAX_NAME]}..."


def normalized(name: str) -> str:
    """A name without case, spaces and punctuation: `Date of Injury (M/D/Y)` is `date_of_injury`."""
    words = _CAMEL.sub("_", _REMARK.sub("", name).replace("'", "").replace("\u2019", ""))
    return _PUNCTUATION.sub("_", words).strip("_").lower()


@lru_cache(maxsize=4_000)
def path_of(name: str) -> Path | None:
    """The path of the field that is called `name`, by its key or as Form IMR calls it, or None."""
    if len(name) > _MAX_NAME:
        return None
    plain = normalized(name)
    return _paths().get(plain) or _numbered(plain) or _dropped(plain)


@lru_cache(maxsize=1_000)
def _nearest(name: str, added: tuple[str, ...]) -> str:
    """The known name that is most similar; blank if none is. Kept, as it takes milliseconds."""
    known = [each for each in (*added, *_spellings()) if each != name]
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.5)), "")


def is_group(name: str) -> bool:
    """Whether `name` begins names of fields, as `employee` begins `employee_first_name`."""
    beginning = f"{normalized(name[:_MAX_NAME])}_"
    return any(known.startswith(beginning) for known in _paths()) or bool(
        path_of(f"{beginning}phone")
    )


def item_field(name: str) -> str:
    """The key of the field of an item that is called `name`; an unknown name itself."""
    if name in ROWS["items"] or len(name) > _MAX_NAME:
        return name
    return OF_ITEMS.get(normalized(name), name)


@lru_cache(maxsize=1)
def _paths() -> dict[str, Path]:
    keys = {f"{table}_{key}": (table, key) for table, keys in TABLES.items() for key in keys}
    return keys | {
        name: tuple(path.split(".")) for path, names in NAMES.items() for name in names.split()
    }


@lru_cache(maxsize=1)
def _spellings() -> tuple[str, ...]:
    """The names to suggest, as users write them."""
    keys = (f"{table}.{key}" for table, keys in TABLES.items() for key in keys)
    numbered = (f"item.1.{key}" for key in dict.fromkeys(OF_ITEMS.values()))
    documents = (f"record.1.{key}" for key in ROWS["records"])
    return (*keys, *numbered, *documents, *(*TABLES, "records"), *_paths())


def _numbered(plain: str) -> Path | None:
    found = _NUMBERED.fullmatch(plain)
    if found is None or int(found[2]) > MAX_ROWS:
        return None
    what, at, name = found[1], int(found[2]) - 1, found[3]
    if what == "record":
        return ("records", at, name) if name in ROWS["records"] else None
    key = OF_ITEMS.get(name) if name else "request"
    return ("items", at, key) if key else None


def _dropped(plain: str) -> Path | None:
    if plain == "state":
        # Of an address, or of the assignment? Its loss would leave a withdrawn case open.
        return None
    kinds = (kind for kind, name in NOT_KEPT.items() if re.fullmatch(f"{WHOSE}(?:{name})", plain))
    kind = next(kinds, None)
    return (DROPPED, kind) if kind else None

"""The paths of drafts, `items[1].rationale`, after an edit that moved rows of the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imr_tui.model.case import Case

_ROW = re.compile(r"(\w+)\[(\d+)\]\.?(.*)", re.ASCII)


def moved(path: str, before: Case, after: Case, *, edited: bool = True) -> str:
    """The path in `after` of the field at `path` in `before`; blank if its row is gone.

    Without `edited`, a row with other words in the same position counts as another row.
    """
    return _moved(path, before, after, edited=edited)


def _moved(path: str, before: Any, after: Any, *, edited: bool) -> str:
    match = _ROW.fullmatch(path)
    if match is None:
        return path
    name, at, rest = match[1], int(match[2]), match[3]
    old, new = getattr(before, name), getattr(after, name)
    to = _index(old, new, at, edited=edited)
    if to is None:
        return ""
    if _ROW.fullmatch(rest) and at < len(old) and to < len(new):
        rest = _moved(rest, old[at], new[to], edited=edited)
        if not rest:
            return ""
    return f"{name}[{to}].{rest}"


def _index(old: tuple[Any, ...], new: tuple[Any, ...], at: int, *, edited: bool) -> int | None:
    """The index in `new` of the row at `at` in `old`."""
    if old is new or at >= len(old):
        # The row does not exist yet: the edit that adds it is under way.
        return at
    row = old[at]
    if at < len(new) and new[at] is row:
        return at
    there = next((to for to, each in enumerate(new) if each is row), None)
    if there is not None:
        return there
    # An item that moved was changed if the number of the item that it follows did.
    known = {id(each) for each in old}
    fresh = [to for to, each in enumerate(new) if id(each) not in known]
    there = next((to for to in fresh if _is_same(new[to], row)), None)
    if there is not None:
        return there
    return at if edited and len(old) == len(new) else None


def _is_same(one: Any, other: Any) -> bool:
    return hasattr(one, "follows") and one.but(follows=0) == other.but(follows=0)

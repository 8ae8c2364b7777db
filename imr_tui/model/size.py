"""Computes the file size of a case, and rejects edits that exceed the limits."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from imr_tui.errors import LimitReached
from imr_tui.model.limits import MAX_CASE_BYTES, MAX_KEYS, MAX_LINE, MAX_PROSE, MAX_ROWS

if TYPE_CHECKING:
    from imr_tui.model.value import Value

_OVERHEAD = 16
"""Upper bound of the bytes around a value that belong neither to it nor to its name."""


class Size(NamedTuple):
    """The size of a case file. An upper bound: the file may be slightly smaller, never larger."""

    bytes: int
    """Total bytes."""
    keys: int
    """Number of lines that hold a key, a header or a list entry."""

    @property
    def is_allowed(self) -> bool:
        """Whether a case of this size may be written."""
        return self.bytes <= MAX_CASE_BYTES and self.keys <= MAX_KEYS


class Scale:
    """Computes the sizes of successive states of a case; reuses results for unchanged parts."""

    def __init__(self) -> None:
        self._before: dict[int, tuple[Value, Size]] = {}
        self._now: dict[int, tuple[Value, Size]] = {}

    def size(self, case: Value) -> Size:
        """Return the size of `case`; raises LimitReached if a field exceeds its limit."""
        if id(case) in self._now and self._now[id(case)][0] is case:
            return self._now[id(case)][1]
        self._before, self._now = self._now, {}
        return self._table(case, "")

    def _table(self, value: Value, path: str) -> Size:
        known = self._before.get(id(value))
        if known is None or known[0] is not value:
            prose = _prose_fields(type(value))
            fields = (
                self._field(name, inner, path, MAX_PROSE if name in prose else MAX_LINE)
                for name, inner in vars(value).items()
            )
            known = (value, _sum((Size(len(path) + _OVERHEAD, 1), *fields)))
        self._now[id(value)] = known
        return known[1]

    def _field(self, name: str, value: Any, path: str, limit: int) -> Size:
        if value is None:
            return Size(0, 0)
        if isinstance(value, str):
            require_length(value, limit)
            return Size(len(name) + _OVERHEAD + text_bytes(value), 1)
        below = f"{path}.{name}"
        if isinstance(value, tuple):
            require_rows(value)
            entries = (self._entry(each, below) for each in value)
            return _sum((Size(len(name) + _OVERHEAD, 2), *entries))
        if isinstance(value, dict):
            return _sum(self._table(each, f"{below}.{key}") for key, each in value.items())
        if hasattr(value, "model_fields_set"):
            return self._table(value, below)
        return Size(len(name) + _OVERHEAD + len(str(value)), 1)

    def _entry(self, value: Any, path: str) -> Size:
        return self._field("", value, path, MAX_LINE)


def _sum(sizes: Iterable[Size]) -> Size:
    total = keys = 0
    for size in sizes:
        total += size.bytes
        keys += size.keys
    return Size(total, keys)


@cache
def _prose_fields(kind: type[Value]) -> frozenset[str]:
    """Names of the fields of `kind` that hold multi-line text."""
    return frozenset(
        name
        for name, field in kind.model_fields.items()
        if any(getattr(each, "max_length", None) == MAX_PROSE for each in field.metadata)
    )


def text_bytes(text: str) -> int:
    """UTF-8 bytes of a text in the file, where quotes and backslashes are escaped."""
    plain = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    return plain + text.count('"') + text.count("\\")


# ── Limits ───────────────────────────────────────────────────────────────────────────────


def require_allowed(size: Size, before: Size | None = None) -> None:
    """Raise LimitReached if a case is too large, unless it is no larger than it was `before`."""
    if size.is_allowed or (before and size.bytes <= before.bytes and size.keys <= before.keys):
        return
    if size.bytes > MAX_CASE_BYTES:
        raise LimitReached(
            f"A case can have at most {MAX_CASE_BYTES:,} bytes (about 150,000 words); this one "
            f"would have {size.bytes:,}. {_REFUSED}"
        )
    raise LimitReached(
        f"A case can have at most {MAX_KEYS:,} fields and list entries; this one would have "
        f"{size.keys:,}. {_REFUSED}"
    )


def require_length(text: str, limit: int = MAX_LINE) -> None:
    """Raise LimitReached if a text exceeds the limit of its field."""
    if len(text) > limit:
        raise LimitReached(
            f"This field can have at most {limit:,} characters; this text has {len(text):,}. "
            f"{_REFUSED}"
        )


def require_rows(entries: tuple[object, ...]) -> None:
    """Raise LimitReached if a list has too many entries."""
    if len(entries) > MAX_ROWS:
        raise LimitReached(
            f"A list can have at most {MAX_ROWS:,} entries; this one would have {len(entries):,}. "
            f"{_REFUSED}"
        )


_REFUSED = "Nothing was changed. Remove or shorten some text first."

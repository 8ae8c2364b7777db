"""The options of a line of the file that names who may sign."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from imr_tui.errors import BadInput

NAME = r"[A-Za-z0-9_][A-Za-z0-9._@+-]{0,127}"
"""The pattern of the name of a person or a namespace."""
_NAMESPACES = re.compile(rf"{NAME}(,{NAME})*", re.ASCII)
_OPTION = re.compile(r"(?P<name>[A-Za-z-]+)(?:=\"(?P<value>[^\"\\]*)\")?(?:,(?=[A-Za-z])|\Z)")
_DIGITS = re.compile(r"[0-9]+Z")
_FORMS = {9: "%Y%m%dZ", 13: "%Y%m%d%H%MZ", 15: "%Y%m%d%H%M%SZ"}
"""The forms of a time, by their length."""


class Options(NamedTuple):
    """What a line says besides name and key."""

    namespaces: tuple[str, ...]
    """The purposes of the key."""
    is_authority: bool = False
    """Whether the key signs certificates instead of texts."""
    valid_after: datetime | None = None
    """The first moment at which it counts."""
    valid_before: datetime | None = None
    """The last one."""

    def allow(self, namespace: str, at: datetime) -> bool:
        """Whether the key counts for a purpose at a time, which ssh-keygen takes in seconds."""
        at = at.replace(microsecond=0)
        is_late_enough = self.valid_after is None or at >= self.valid_after
        is_early_enough = self.valid_before is None or at <= self.valid_before
        return namespace in self.namespaces and is_late_enough and is_early_enough


def parse_options(text: str) -> Options:
    """Read comma-separated options; raises BadInput for unknown, repeated and missing ones."""
    values = _values(text)
    has_authority = "cert-authority" in values
    if has_authority and values.pop("cert-authority") is not None:
        raise BadInput("The option cert-authority takes no value.")
    after, before = (_moment(name, values) for name in ("valid-after", "valid-before"))
    namespaces = values.pop("namespaces", None)
    if values:
        raise BadInput(f"The option {next(iter(values))} is unknown.")
    if namespaces is None:
        raise BadInput('The option namespaces="…" is missing.')
    if not _NAMESPACES.fullmatch(namespaces):
        raise BadInput("The option namespaces must list names, without patterns.")
    if after and before and before < after:
        raise BadInput("The option valid-before is earlier than valid-after.")
    return Options(tuple(namespaces.split(",")), has_authority, after, before)


def _values(text: str) -> dict[str, str | None]:
    values: dict[str, str | None] = {}
    at = 0
    while at < len(text):
        found = _OPTION.match(text, at)
        if found is None:
            raise BadInput("Its options cannot be read.")
        name = found["name"].lower()
        if name in values:
            raise BadInput(f"The option {name} is there twice.")
        values[name] = found["value"]
        at = found.end()
    return values


def _moment(name: str, values: dict[str, str | None]) -> datetime | None:
    """Take a time in UTC, if the option is there; raises BadInput."""
    if name not in values:
        return None
    text = values.pop(name) or ""
    form = _FORMS.get(len(text), "")
    try:
        # Only digits, as strptime also reads a blank as one.
        if not (form and _DIGITS.fullmatch(text)):
            raise ValueError
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError as error:
        raise BadInput(f"The option {name} must be a time in UTC, like 20261231Z.") from error

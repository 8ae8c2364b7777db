"""A fact of a case that the organization changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from imr_tui.model.edits import Change

NOT_LISTED = "(not listed)"
"""Stands for an entry of a list that one side does not have."""


class FactChange(NamedTuple):
    """A fact that the organization changed, and that the case states otherwise."""

    path: str
    """The field in the case file; for an entry of a list, the list and what happened to it."""
    label: str
    """The name of the field, as screens show it."""
    yours: str
    """What the case states now."""
    theirs: str
    """What the organization states now."""
    apply: Change
    """The edit that accepts it."""
    warning: str = ""
    """What accepting removes, as a sentence; blank if it removes no work of the reviewer."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Tells it from other changes, also after it was rejected and others were accepted."""
        return self.path, self.yours, self.theirs


def shown(value: Any) -> str:
    """A value as it is shown; blank for one that is not known."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

"""What threads report about the open case: its claim, its file, and what the organization sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from imr_tui.store.locking.holder import Holder


class FileChanged:
    """Another program wrote the file of the open case."""


class IntakeChanged:
    """The organization changed facts of the open case, closed it, or opened it again."""


@dataclass(eq=False, repr=False)
class ClaimAsked:
    """Another session asks for the open case."""

    holder: Holder
    """That session."""


class ClaimWithdrawn:
    """The session that asked for the open case no longer asks."""


@dataclass(eq=False, repr=False)
class ClaimLost:
    """The open case was given to another session; edits go into a copy from now on."""

    holder: Holder
    """That session."""


@dataclass(eq=False, repr=False)
class ClaimRefused:
    """The session that has the open case refused to give it."""

    holder: Holder
    """That session."""


@dataclass(eq=False, repr=False)
class ClaimFree:
    """No session has the open case any more."""

    is_wanted: bool
    """Whether this session asked for it."""


SessionEvent: TypeAlias = (
    FileChanged | IntakeChanged | ClaimAsked | ClaimWithdrawn | ClaimLost | ClaimRefused | ClaimFree
)
"""One of them. They have no generated `__eq__` and `__repr__`, which would slow the import."""

"""How the newest text of an open case stands in the shared store, for the header and for waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.store.locking.holder import Holder

Kind = Literal["shared", "waiting", "lost"]


class SharedState(NamedTuple):
    """How the newest text of an open case stands."""

    kind: Kind
    """`waiting` until the shared store has it; `lost` once another session has the case."""
    at: datetime
    """In UTC: when it was shared last, since when it waits, or when it was lost."""
    reason: str = ""
    """Why it waits, or why it was lost, as sentences; blank for `shared`."""
    holder: Holder | None = None
    """The session that has the case now, if it was lost to one that is known."""

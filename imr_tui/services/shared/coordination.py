"""What coordinators do in the shared store: verify its texts, and assign cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.services.shared import store as shared_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imr_tui.store.shared.connection.database import Database
    from imr_tui.store.shared.transfer.digests import Verified


def count_texts(database: Database) -> int:
    """How many texts `verify_texts` yields.

    Raises BadInput unless the role of `database` is a coordinator, who sees all; Unreachable.
    """
    from imr_tui.store.shared.transfer import digests
    from imr_tui.store.shared.transfer.rights import require_coordinator

    require_coordinator(database, "Nothing was checked.")
    return digests.count_texts(database)


def verify_texts(database: Database) -> Iterator[Verified]:
    """Every case, version and file that the role sees, compared with its digest.

    Raises Unreachable.
    """
    from imr_tui.store.shared.transfer import digests

    return digests.verify(database)


def assign_cases(database: Database, numbers: Sequence[str], reviewer: str) -> frozenset[str]:
    """Give cases to the role `reviewer`; returns those that were not its own before.

    All or none: raises BadInput for a role or a number that does not exist, and unless the role of
    `database` is a coordinator; Conflict if a session has a case open; Unreachable.
    """
    from imr_tui.store.shared.transfer.assigning import assign
    from imr_tui.store.shared.transfer.rights import require_coordinator, require_reviewer

    require_coordinator(database, "No case was assigned.")
    require_reviewer(database, reviewer, "No case was assigned.")
    return assign(database, shared_store.audit(database), numbers, reviewer)

"""Saves of cases in the shared store, each of which can be repeated until it is acknowledged.

A commit may succeed without an acknowledgement. So a save names its session and counts: repeated,
it changes nothing more and returns the same revision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ChangedElsewhere, Conflict
from imr_tui.model.limits import required_number
from imr_tui.store.shared.cases.files import intact_files, require_intact, store_files
from imr_tui.store.shared.cases.leases import lease_lost, missing
from imr_tui.store.shared.cases.versions import keep_version

if TYPE_CHECKING:
    from imr_tui.store.shared.cases.columns import Columns
    from imr_tui.store.shared.cases.leases import Lease
    from imr_tui.store.shared.connection.database import Database

NO_FILES: Mapping[str, bytes] = MappingProxyType({})

# The claim stays locked until the commit, so that whoever takes the case over then reads what was
# saved. A session may save over its own unacknowledged text, whose revision it does not know. If
# a lost connection still saves, the second condition is tried again on what it left.
_SAVE = """
with claim as (
    select fence from claims
    where number = %(number)s and session = %(session)s and fence = %(fence)s
        and expires > clock_timestamp()
    for share
), saved as (
    update cases set
        revision = case
            when session = %(session)s and sequence = %(sequence)s then revision
            else revision + 1
        end,
        body = %(body)s, digest = %(digest)s, due = %(due)s, rank = %(rank)s, state = %(state)s,
        priority = %(priority)s, items = %(items)s, decided = %(decided)s, words = %(words)s,
        prose = %(prose)s, shown = %(shown)s, session = %(session)s, sequence = %(sequence)s,
        changed = clock_timestamp()
    where number = %(number)s and exists (select from claim)
        and (session = %(session)s and sequence <= %(sequence)s
            or session <> %(session)s and revision = %(revision)s)
    returning revision
)
select revision from saved
"""
_CREATE = """
insert into cases (number, reviewer, body, digest, due, rank, state, priority, items, decided,
    words, prose, shown, session, sequence)
values (%(number)s, %(reviewer)s, %(body)s, %(digest)s, %(due)s, %(rank)s, %(state)s,
    %(priority)s, %(items)s, %(decided)s, %(words)s, %(prose)s, %(shown)s, %(session)s,
    %(sequence)s)
on conflict (number) do nothing
returning revision
"""
_FOUND = """
select cases.revision, cases.session = %(session)s and cases.sequence = %(sequence)s,
    coalesce(claims.session = %(session)s and claims.fence = %(fence)s, false)
from cases left join claims using (number, reviewer) where cases.number = %(number)s
"""
# One statement, so that all is of the same moment.
_FETCH = """
select body, digest, revision, session,
    array(select path from files where number = cases.number order by path),
    array(select body from files where number = cases.number order by path),
    array(select digest from files where number = cases.number order by path)
from cases where number = %(number)s
"""


class Outgoing(NamedTuple):
    """A state of a case to be saved."""

    number: str
    """The case."""
    body: bytes
    """The case file."""
    columns: Columns
    """The columns that belong to it."""
    revision: int
    """The revision that it is based on; 0 for a new case."""
    sequence: int
    """The count of the saves of this session, by which a repeated one is recognized."""
    files: Mapping[str, bytes] = NO_FILES
    """Files of the case to be saved with it, by their path in the folder."""
    event: str = ""
    """The event at which to keep it as a version, as in `Event`; blank for none."""

    def values(self) -> dict[str, object]:
        """What the statements name."""
        return {
            **self.columns._asdict(),
            "number": required_number(self.number),
            "body": self.body,
            "digest": hashlib.sha256(self.body).digest(),
            "revision": self.revision,
            "sequence": self.sequence,
        }


class Fetched(NamedTuple):
    """A case as the shared store has it."""

    body: bytes
    """The case file."""
    revision: int
    """Its revision."""
    session: str
    """The session that saved it."""
    files: dict[str, bytes]
    """Its other files, by their path in the folder."""


def send(database: Database, lease: Lease, outgoing: Outgoing) -> int:
    """Save a state of a case whose `lease` this session has; returns the new revision.

    A state of this session that was saved but not acknowledged is replaced. Raises ChangedElsewhere
    if another session saved since `outgoing.revision`, LeaseLost if another one has the case or it
    was assigned to another reviewer, and Unreachable, after which it can be repeated.
    """
    revision = _sent(database, lease, outgoing)
    if revision is None and lease.renew():
        # The lease had ended, but nobody else has claimed the case.
        revision = _sent(database, lease, outgoing)
    return _explained(database, lease, outgoing) if revision is None else revision


def create(database: Database, session: str, outgoing: Outgoing, reviewer: str) -> int:
    """Add a case of `reviewer`, a database role; returns its revision, which is 1.

    Raises Conflict if the number is taken, and Unreachable, after which it can be repeated.
    """
    values = {**outgoing.values(), "session": session, "reviewer": reviewer}
    with database.transaction():
        if found := database.run(_CREATE, values):
            _add_files_and_version(database, outgoing)
            return int(found[0][0])
        found = database.run(_FOUND, {**values, "fence": 0})
    if found and found[0][1]:
        return int(found[0][0])
    raise Conflict(f"{outgoing.number} is in the shared store already. It was not changed.")


def fetch(database: Database, number: str) -> Fetched:
    """The case `number` with its files, all of the same moment.

    Raises CannotStore if it is not there, is another reviewer's or is damaged, and Unreachable.
    """
    for body, digest, revision, session, *files in database.run(
        _FETCH, {"number": required_number(number)}
    ):
        require_intact(number, body, digest)
        return Fetched(body, revision, session, intact_files(number, zip(*files, strict=True)))
    raise missing(number)


def _sent(database: Database, lease: Lease, outgoing: Outgoing) -> int | None:
    values = {**outgoing.values(), **lease.values()}
    if not (outgoing.event or outgoing.files):
        found = database.run(_SAVE, values, is_prepared=True)
    else:
        with database.transaction():
            if found := database.run(_SAVE, values, is_prepared=True):
                _add_files_and_version(database, outgoing)
    return int(found[0][0]) if found else None


def _add_files_and_version(database: Database, outgoing: Outgoing) -> None:
    if outgoing.files:
        store_files(database, outgoing.number, outgoing.files)
    if outgoing.event:
        keep_version(database, outgoing.number, outgoing.body, outgoing.event)


def _explained(database: Database, lease: Lease, outgoing: Outgoing) -> int:
    """The revision of a state that is saved already, or the reason why it was refused."""
    values = {**lease.values(), "sequence": outgoing.sequence}
    for revision, is_saved, is_ours in database.run(_FOUND, values):
        if is_saved:
            return int(revision)
        if is_ours:
            raise ChangedElsewhere(
                f"Another session changed {outgoing.number} in the shared store. Nothing was "
                "changed there. Your text is kept here. Choose which of the two to keep."
            )
    raise lease_lost(outgoing.number)

"""Leases: which session may write a case of the shared store, by the clock of the database.

A lease ends by itself unless it is renewed. Each claim increments the fence of the case, and a save
names the fence it was claimed with (Kleppmann, "How to do distributed locking", 2016), so that a
session that was suspended for too long writes nothing.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, LeaseLost, Unreachable
from imr_tui.model.limits import required_number

if TYPE_CHECKING:
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.connection.database import Database

LEASE_SECONDS = 30.0
"""How long a session has a case after the last renewal."""
_TRIES = 3
"""How often to claim a case whose holder was gone by the time it was asked for."""

# A row that is locked by somebody else's claim or save is looked at again once that is committed,
# also by the `where` of `on conflict`, and then with the clock of that moment.
_CLAIM = """
insert into claims as held (number, reviewer, session, who, host, since, expires, fence)
select number, reviewer, %(session)s, %(who)s, %(host)s, %(since)s::timestamptz,
    clock_timestamp() + make_interval(secs => %(seconds)s), 1
from cases where number = %(number)s
on conflict (number, reviewer) do update set
    session = excluded.session, who = excluded.who, host = excluded.host, since = excluded.since,
    expires = clock_timestamp() + make_interval(secs => %(seconds)s), fence = held.fence + 1
where held.session = excluded.session or held.expires <= clock_timestamp()
returning fence
"""
_ASK = """
insert into claims as held
    (number, reviewer, asked_session, asked_who, asked_host, asked_since, asked_expires)
select number, reviewer, %(session)s, %(who)s, %(host)s, %(since)s::timestamptz,
    clock_timestamp() + make_interval(secs => %(seconds)s)
from cases where number = %(number)s
on conflict (number, reviewer) do update set
    asked_session = excluded.asked_session, asked_who = excluded.asked_who,
    asked_host = excluded.asked_host, asked_since = excluded.asked_since,
    asked_expires = clock_timestamp() + make_interval(secs => %(seconds)s)
where held.asked_session = excluded.asked_session or held.asked_expires <= clock_timestamp()
returning fence
"""
_HOLDER = """
select who, host, since from claims where number = %(number)s and expires > clock_timestamp()
"""
_ASKING = """
select asked_who, asked_host, asked_since from claims
where number = %(number)s and asked_expires > clock_timestamp()
"""
_RENEW = """
update claims set expires = clock_timestamp() + make_interval(secs => %(seconds)s)
where number = %(number)s and session = %(session)s and fence = %(fence)s returning fence
"""
_RELEASE = """
update claims set session = '', who = '', host = '', since = null, expires = '-infinity'
where number = %(number)s and session = %(session)s and fence = %(fence)s
"""
_REFUSE = """
update claims set asked_session = '', asked_expires = '-infinity'
where number = %(number)s and session = %(session)s and fence = %(fence)s
"""
_RENEW_REQUEST = """
update claims set asked_expires = clock_timestamp() + make_interval(secs => %(seconds)s)
where number = %(number)s and asked_session = %(session)s returning fence
"""
_WITHDRAW = """
update claims set asked_session = '', asked_expires = '-infinity'
where number = %(number)s and asked_session = %(session)s
"""
_LOCK = """
select fence from claims
where number = %(number)s and session = %(session)s and fence = %(fence)s
    and expires > clock_timestamp()
for share
"""


class Lease:
    """The right of one session to write one case, until it ends or another session takes it."""

    def __init__(
        self, database: Database, number: str, session: str, fence: int, seconds: float
    ) -> None:
        self._database = database
        self.number = number
        """The case."""
        self.session = session
        """The session that has it, as in `session_id`."""
        self.fence = fence
        """The count of the claims on this case, with this one."""
        self._seconds = seconds
        self._is_held = True

    @property
    def is_held(self) -> bool:
        """Whether it was not released yet, nor found to be taken over."""
        return self._is_held

    def values(self) -> dict[str, object]:
        """What the statements of a session that has the case name."""
        return {"number": self.number, "session": self.session, "fence": self.fence}

    def renew(self) -> bool:
        """Prolong it; False if another session took the case. Raises Unreachable.

        A lease that has ended is renewed, too, if nobody claimed the case since then.
        """
        if self._is_held:
            values = {**self.values(), "seconds": self._seconds}
            self._is_held = bool(self._database.run(_RENEW, values))
        return self._is_held

    def release(self) -> None:
        """Give the case up; idempotent. If the store is unreachable, the lease ends by itself."""
        if self._is_held:
            self._is_held = False
            with suppress(Unreachable):
                self._database.run(_RELEASE, self.values())

    def request(self) -> Holder | None:
        """The session that asks for the case, or None; raises Unreachable."""
        return _first_holder(self._database, _ASKING, self.number)

    def refuse(self) -> None:
        """Refuse the case to the session that asks for it; raises Unreachable."""
        self._database.run(_REFUSE, self.values())

    def lock(self) -> None:
        """Keep others from taking the case until the transaction ends; raises LeaseLost."""
        if not self._database.run(_LOCK, self.values()):
            raise lease_lost(self.number)


class LeaseRequest:
    """A request for a case, until it is withdrawn, refused, or not renewed for a while."""

    def __init__(self, database: Database, number: str, session: str, seconds: float) -> None:
        self._database = database
        self._values = {"number": number, "session": session, "seconds": seconds}

    @property
    def stands(self) -> bool:
        """Whether it is still open, which renews it; raises Unreachable."""
        return bool(self._database.run(_RENEW_REQUEST, self._values))

    def withdraw(self) -> None:
        """Withdraw it; idempotent. If the store is unreachable, it ends by itself."""
        with suppress(Unreachable):
            self._database.run(_WITHDRAW, self._values)


def claim(
    database: Database, number: str, session: str, me: Holder, seconds: float = LEASE_SECONDS
) -> Lease:
    """Claim a case for `session`, for so many seconds at a time.

    A session that has the case already gets a new lease, and its earlier one ends. Raises Held
    if another one has it, CannotStore if it is not there or is another reviewer's, Unreachable.
    """
    from imr_tui.store.locking.holder import Held

    values = _values(number, session, me, seconds)
    for _ in range(_TRIES):
        if found := database.run(_CLAIM, values):
            return Lease(database, number, session, found[0][0], seconds)
        if there := holder(database, number):
            raise Held(number, there)
        _require_there(database, number)
    raise CannotStore(f"{number} is claimed and released all the time. Try again in a minute.")


def ask(
    database: Database, number: str, session: str, me: Holder, seconds: float = LEASE_SECONDS
) -> LeaseRequest:
    """Ask the holder for a case.

    Raises Held if another session already does, CannotStore if it is not there or is another
    reviewer's, Unreachable.
    """
    from imr_tui.store.locking.holder import Held, Holder

    if not database.run(_ASK, _values(number, session, me, seconds)):
        _require_there(database, number)
        raise Held(number, _first_holder(database, _ASKING, number) or Holder())
    return LeaseRequest(database, number, session, seconds)


def holder(database: Database, number: str) -> Holder | None:
    """The session that has a case now, or None; raises Unreachable."""
    return _first_holder(database, _HOLDER, required_number(number))


def lease_lost(number: str) -> LeaseLost:
    """The error of a session whose claim on a case is not valid any more."""
    return LeaseLost(
        f"Another session has {number} now, or it was assigned to somebody else. Nothing was "
        "changed in the shared store. Your text is kept here."
    )


def missing(number: str) -> CannotStore:
    """The error for a case that is not there for this reviewer."""
    return CannotStore(f"{number} is not in the shared store, or is assigned to another reviewer.")


def _require_there(database: Database, number: str) -> None:
    if not database.run("select 1 from cases where number = %(number)s", {"number": number}):
        raise missing(number)


def _values(number: str, session: str, me: Holder, seconds: float) -> dict[str, object]:
    return {
        "number": required_number(number),
        "session": session,
        "who": me.who,
        "host": me.host,
        "since": me.since,
        "seconds": seconds,
    }


def _first_holder(database: Database, sql: str, number: str) -> Holder | None:
    from imr_tui.store.locking.holder import Holder

    for who, host, since in database.run(sql, {"number": number}):
        return Holder(who=who, host=host, since=since)
    return None

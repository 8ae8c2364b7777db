"""A shared store in memory that can be unreachable, lose acknowledgements, and let leases end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

from imr_tui.errors import CannotStore, ChangedElsewhere, Conflict, LeaseLost, Unreachable
from imr_tui.model.case import Case
from imr_tui.store.locking.holder import Held, Holder
from imr_tui.store.shared.cases.columns import Columns
from imr_tui.store.shared.cases.saves import Fetched, Outgoing
from imr_tui.store.shared.replication.divergence import There
from imr_tui.store.shared.replication.remote import RemoteLease
from imr_tui.store.shared.replication.share_note import digest_of, digest_of_files

COLUMNS = Columns("infinity", 0, "open", "standard", 0, 0, "", "", "{}")


def describe(path: Path, case: Case, data: bytes) -> Columns:
    """The columns of no case in particular."""
    return COLUMNS


class Claimed(NamedTuple):
    """Who has a case."""

    session: str
    fence: int
    who: Holder


class FakeStore:
    """What several connections share."""

    def __init__(self) -> None:
        self.bodies: dict[str, list[bytes]] = {}
        """The revisions of each case, from the first."""
        self.writers: dict[str, tuple[str, int]] = {}
        self.files: dict[str, dict[str, bytes]] = {}
        self.claims: dict[str, Claimed] = {}
        self.asked: dict[str, Holder] = {}
        self.epoch = 1
        self.is_down = False
        self.loses_answers = False
        """Whether a save succeeds, but its acknowledgement is lost."""
        self.foreign: set[str] = set()
        """Numbers of other reviewers."""
        self.sends = 0
        self.renewals = 0
        self._fences = count(1)

    def text(self, number: str) -> bytes:
        """The latest text of a case."""
        return self.bodies[number][-1]

    def end_leases(self) -> None:
        """As after a while without a renewal."""
        for number, claimed in self.claims.items():
            self.claims[number] = claimed._replace(session=f"{claimed.session} (ended)")

    def save_as(self, session: str, number: str, body: bytes) -> None:
        """Save as another host does."""
        self.bodies.setdefault(number, []).append(body)
        self.writers[number] = session, 1

    def require_up(self) -> None:
        if self.is_down:
            raise Unreachable("The shared store does not answer.")

    def fence(self) -> int:
        return next(self._fences)


class FakeLease:
    """Implements `RemoteLease`."""

    def __init__(self, store: FakeStore, number: str, claimed: Claimed) -> None:
        self.store = store
        self.number = number
        self.claimed = claimed

    @property
    def is_valid(self) -> bool:
        return self.store.claims.get(self.number) == self.claimed

    def renew(self) -> bool:
        self.store.require_up()
        self.store.renewals += 1
        ended = self.claimed._replace(session=f"{self.claimed.session} (ended)")
        if self.store.claims.get(self.number) == ended:
            self.store.claims[self.number] = self.claimed
        return self.is_valid

    def release(self) -> None:
        if self.is_valid and not self.store.is_down:
            del self.store.claims[self.number]

    def request(self) -> Holder | None:
        self.store.require_up()
        return self.store.asked.get(self.number)

    def refuse(self) -> None:
        self.store.require_up()
        self.store.asked.pop(self.number, None)


class FakeRequest:
    """Implements `RemoteRequest`."""

    def __init__(self, store: FakeStore, number: str) -> None:
        self.store = store
        self.number = number

    @property
    def stands(self) -> bool:
        self.store.require_up()
        return self.number in self.store.asked

    def withdraw(self) -> None:
        self.store.asked.pop(self.number, None)


class FakeRemote:
    """Implements `Remote`."""

    def __init__(self, store: FakeStore) -> None:
        self.store = store
        self.is_closed = False

    @property
    def is_connected(self) -> bool:
        return not self.store.is_down

    def there(self, number: str) -> There | None:
        self.store.require_up()
        if number not in self.store.bodies or number in self.store.foreign:
            return None
        files = {path: digest_of(data) for path, data in self.store.files.get(number, {}).items()}
        revision, body = len(self.store.bodies[number]), self.store.text(number)
        return There(revision, digest_of(body), digest_of_files(files), self.store.epoch)

    def fetch(self, number: str) -> Fetched:
        self.store.require_up()
        bodies, files = self.store.bodies[number], self.store.files.get(number, {})
        return Fetched(bodies[-1], len(bodies), self.store.writers[number][0], dict(files))

    def claim(self, number: str, session: str, me: Holder) -> FakeLease:
        self.store.require_up()
        if number not in self.store.bodies or number in self.store.foreign:
            raise CannotStore("It is not there.")
        there = self.store.claims.get(number)
        if there and there.session != session and not there.session.endswith("(ended)"):
            raise Held(number, there.who)
        self.store.claims[number] = Claimed(session, self.store.fence(), me)
        return FakeLease(self.store, number, self.store.claims[number])

    def create(self, session: str, outgoing: Outgoing) -> int:
        self.store.require_up()
        if outgoing.number in self.store.bodies:
            raise Conflict("It is there already.")
        self._save(session, outgoing)
        return 1

    def note_opened(self, number: str, session: str, me: Holder) -> None:
        self.store.require_up()

    def send(self, lease: RemoteLease, outgoing: Outgoing, me: Holder) -> int:
        assert isinstance(lease, FakeLease)
        self.store.require_up()
        self.store.sends += 1
        if not lease.renew():
            raise LeaseLost("Another session has it.")
        session, number = lease.claimed.session, outgoing.number
        writer, sequence = self.store.writers[number]
        is_own = writer == session and sequence <= outgoing.sequence
        if not is_own and len(self.store.bodies[number]) != outgoing.revision:
            raise ChangedElsewhere("Another session changed it.")
        self._save(session, outgoing)
        if self.store.loses_answers:
            raise Unreachable("The connection was lost.")
        return len(self.store.bodies[number])

    def _save(self, session: str, outgoing: Outgoing) -> None:
        self.store.save_as(session, outgoing.number, outgoing.body)
        self.store.writers[outgoing.number] = session, outgoing.sequence
        self.store.files.setdefault(outgoing.number, {}).update(outgoing.files)

    def holder(self, number: str) -> Holder | None:
        self.store.require_up()
        there = self.store.claims.get(number)
        return None if there is None or there.session.endswith("(ended)") else there.who

    def ask(self, number: str, session: str, me: Holder) -> FakeRequest:
        self.store.require_up()
        if number in self.store.asked:
            raise Held(number, self.store.asked[number])
        self.store.asked[number] = me
        return FakeRequest(self.store, number)

    def close(self) -> None:
        self.is_closed = True


def connections(store: FakeStore) -> Callable[[], FakeRemote]:
    """Makes connections to a store."""
    return lambda: FakeRemote(store)

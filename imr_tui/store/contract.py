"""What every store of cases offers: a folder of files, and the shared store of an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from imr_tui.model.case import Case
    from imr_tui.store.history.versions import Event
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.worklist.rows import Row

Scope = Literal["mine", "unassigned", "all"]
"""The cases of the reviewer, those that nobody has, or all; a folder has only cases of one kind."""


class Query(NamedTuple):
    """Which cases a worklist shows."""

    today: date
    """The day with which due dates are compared."""
    words: str = ""
    """What was typed into the filter, in the syntax of `selection.matches`."""
    scope: Scope = "mine"
    """Whose cases are shown."""
    shows_finished: bool = True
    """Whether finished cases are shown, too, if there is no filter."""


class CaseRows(Protocol):
    """The worklist of a store."""

    def rows(self, query: Query, after: Row | None, limit: int) -> Sequence[Row]:
        """At most `limit` rows in the order of `Row.urgency`, from the one that follows `after`.

        Raises CannotStore.
        """


class CaseVersion(Protocol):
    """One kept version of a case."""

    @property
    def number(self) -> int:
        """Its number, higher than that of every earlier version."""

    @property
    def at(self) -> datetime:
        """When it was kept, in UTC."""

    @property
    def event(self) -> Event:
        """Why it was kept."""


class CaseVersions(Protocol):
    """The earlier versions of one case."""

    def all(self) -> Sequence[CaseVersion]:
        """All versions, newest first."""

    def find(self, number: int) -> CaseVersion:
        """The version with this number; raises BadInput naming those that exist."""

    def read(self, number: int) -> bytes:
        """The encoded case of the version with this number; raises BadInput or CannotStore."""

    def note(self, data: bytes, event: Event) -> bool:
        """Keep an encoded case; False if the newest version holds it already.

        Some events are always kept (`Event.is_always_kept`). Raises CannotStore.
        """


class OpenedCase(Protocol):
    """A case that was opened, to be saved by the session that has the claim on it."""

    case: Case
    """The case as it was read."""

    @property
    def versions(self) -> CaseVersions:
        """Its earlier versions."""

    def save(self, case: Case) -> None:
        """Save a later state, but only over the one that was last read or written here.

        Raises ChangedElsewhere if the store has another one, which stays; raises CannotStore.
        """


class CaseClaim(Protocol):
    """The right of one session to write one case."""

    @property
    def is_held(self) -> bool:
        """Whether it was not released yet."""

    def renew(self) -> bool:
        """Keep it; to be called about once a second. False if another session took it over."""

    def release(self) -> None:
        """Give the case up; thread-safe and idempotent."""

    def request(self) -> Holder | None:
        """The session that asks for the case, or None."""

    def refuse(self) -> None:
        """Refuse the case to the session that asks for it."""


class CaseRequest(Protocol):
    """A request for a case, until it is withdrawn, refused, or the session ends."""

    @property
    def stands(self) -> bool:
        """Whether it is still open; to be called about once a second."""

    def withdraw(self) -> None:
        """Withdraw it; idempotent."""


class CaseClaims(Protocol):
    """Who may write which case."""

    def claim(self, number: str, me: Holder) -> CaseClaim:
        """Claim a case for the session `me`; raises Held if another one has it, CannotStore."""

    def holder(self, number: str) -> Holder | None:
        """The session that has a case now, or None; changes nothing."""

    def ask(self, number: str, me: Holder) -> CaseRequest:
        """Ask the holder for a case; raises Held if another session already does, CannotStore."""


class CaseStore(CaseClaims, Protocol):
    """Opens, creates and keeps cases."""

    def open(self, number: str) -> OpenedCase:
        """Open the case of `number`; raises BadInput or CannotStore."""

    def new(self, case: Case, event: Event | None = None) -> object:
        """Create a case, with a first version if `event` is given.

        Raises Conflict if its number is taken, LimitReached if the case is too large, CannotStore.
        """

    def versions(self, number: str) -> CaseVersions:
        """The earlier versions of a case."""

    def write_letter(
        self, number: str, letter: str, case: Case | None = None, now: datetime | None = None
    ) -> Path | None:
        """Write the letter of a case; returns its path if it is a file. Raises CannotStore."""

    def files(self, number: str) -> Mapping[str, bytes]:
        """The files of a case besides the case file, by their path in the folder of cases.

        Letters and what belongs to its signatures; raises CannotStore.
        """

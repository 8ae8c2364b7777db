"""Sends the texts of one open case to the shared store, in the thread that calls it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ChangedElsewhere, Conflict, ImrError, LeaseLost
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.own_files import own_files
from imr_tui.store.locking.sessions import session_id
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes
from imr_tui.store.shared.replication.case_lease import CaseLease, foreign
from imr_tui.store.shared.replication.divergence import There, divergence
from imr_tui.store.shared.replication.pull import Pulled, pull
from imr_tui.store.shared.replication.share_note import (
    ShareNote,
    digest_of,
    digest_of_files,
    read_note,
    write_note,
)

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.model.case import Case
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.cases.columns import Columns
    from imr_tui.store.shared.cases.saves import Outgoing
    from imr_tui.store.shared.replication.remote import Remote

Describe = Callable[["Path", "Case", bytes], "Columns"]
"""What the shared store knows of a case besides its file, from its path, the case and its bytes."""
_turn = count(1)


class Text(NamedTuple):
    """A state of a case that the folder has saved."""

    data: bytes | None = None
    """The case file; None for what is in it when it is sent."""
    case: Case | None = None
    """The case in it, if it is known."""


FROM_FILE = Text()
"""What the folder has when it is sent."""


class Sending:
    """The lease of one session on one case, and what the shared store has of its text.

    It is not thread-safe: the thread that opens the case hands it over to the replication thread.
    """

    def __init__(
        self,
        folder: Path,
        number: str,
        me: Holder,
        remote: Remote,
        describe: Describe,
        session: str = "",
    ) -> None:
        """`session`: a unique name; by default one that tells whether its process still runs."""
        self.session = session or f"{session_id()}-{next(_turn)}"
        """The name of the session in the shared store."""
        self.was_held = False
        """Whether it ever had the lease, so that the shared store was compared with the folder."""
        self._number = number
        self._folder = folder
        self._path = folder / f"{number}{SUFFIX}"
        self._remote = remote
        self._describe = describe
        self.lease = CaseLease(folder, number, self.session, me, remote)
        """The lease on the case."""
        self._note = ShareNote(0, "", "", 0, self.session)
        self._sequence = 0

    @property
    def is_unsent(self) -> bool:
        """Whether the shared store may lack the folder's text or a file; raises CannotStore."""
        note, files = self._note, own_files(self._folder, self._number)
        return (
            bool(note.sent)
            or note.digest != digest_of(read_bytes(self._path))
            or note.files != _digest_of_contents(files)
        )

    def open(self) -> Pulled:
        """Get the lease, and let the folder have the latest text, before the case is opened.

        Raises Held, with a newer shared text in the folder unless the folder has an unsent one;
        Unreachable, BadInput and CannotStore with the folder unchanged.
        """
        # Loads pydantic, which the worklist does without.
        from imr_tui.store.locking.holder import Held

        try:
            there = self._claim(FROM_FILE)
        except Held:
            if (there_now := self._remote.there(self._number)) is not None:
                pull(self._folder, self._number, self._remote, there_now)
            raise
        try:
            pulled = pull(self._folder, self._number, self._remote, there, self.session)
        except ImrError:
            self.lease.release()
            raise
        self._know(pulled.there)
        self.lease.note_opened()
        return pulled

    def hold(self, text: Text = FROM_FILE, *, now: bool = False) -> None:
        """Make sure of the lease: renew it if that is due, or `now`; claim it if it was lost.

        `text` is the session's latest. Raises Held or LeaseLost if another session has the case,
        ChangedElsewhere if one changed it, Unreachable, BadInput and CannotStore.
        """
        if not self.lease.keep(now=now):
            self._claim_again(text)

    def send(self, text: Text) -> None:
        """Let the shared store have `text` and the files of the case; raises what `hold` raises.

        After Unreachable it may have arrived; the next text replaces it in any case.
        """
        self.hold(text)
        data = self._data(text)
        digest, files = digest_of(data), own_files(self._folder, self._number)
        files_digest = _digest_of_contents(files)
        note = self._note
        if (note.digest, note.files, note.sent) == (digest, files_digest, ()):
            return
        case = decode(data, self._path) if text.case is None else text.case
        self._note_sent(digest)
        changed = files if files_digest != note.files else {}
        try:
            revision = self._send(data, case, changed)
        except LeaseLost:
            # Another session may have had it for a while, and changed nothing.
            self._claim_again(text)
            revision = self._send(data, case, changed)
        self._know(There(revision, digest, files_digest, self._note.epoch))

    def holder(self) -> Holder | None:
        """The session that has the case now, or None; raises Unreachable."""
        return self._remote.holder(self._number)

    def close(self) -> None:
        """Give the lease up, and end the connection."""
        self.lease.release()
        self._remote.close()

    def _claim(self, text: Text) -> There:
        """Claim the case, adding it if it is missing; what the shared store has of it then."""
        if self._remote.there(self._number) is None:
            self._create(text)
        return self.lease.claim()

    def _claim_again(self, text: Text) -> None:
        """Claim the case for a session that has it open, unless the text was changed elsewhere."""
        there = self._claim(text)
        data = self._data(text)
        note = self._note if self.was_held else read_note(self._folder, self._number)
        if divergence(note, digest_of(data), there) in ("theirs", "both"):
            self.lease.release()
            raise ChangedElsewhere(
                f"Another session changed {self._number} in the shared store. Your text is kept "
                "here. Open the case again to choose between the two."
            )
        self._know(there)

    def _create(self, text: Text) -> None:
        """Add the case to the shared store."""
        # Not what the file has by now, because an older text is never sent after a later one.
        data, files = self._data(text), own_files(self._folder, self._number)
        self._note = read_note(self._folder, self._number) or self._note
        self._note_sent(digest_of(data))
        outgoing = self._outgoing(data, decode(data, self._path), files)._replace(revision=0)
        try:
            self._remote.create(self.session, outgoing)
        except Conflict as error:
            # Another host may have added it in between; otherwise it is not this reviewer's.
            if self._remote.there(self._number) is None:
                raise foreign(self._number) from error

    def _data(self, text: Text) -> bytes:
        return read_bytes(self._path) if text.data is None else text.data

    def _send(self, data: bytes, case: Case, files: dict[str, bytes]) -> int:
        return self.lease.send(self._outgoing(data, case, files))

    def _outgoing(self, data: bytes, case: Case, files: dict[str, bytes]) -> Outgoing:
        from imr_tui.store.shared.cases.saves import Outgoing

        self._sequence += 1
        columns = self._describe(self._path, case, data)
        revision = self._note.revision
        return Outgoing(self._number, data, columns, revision, self._sequence, files)

    def _note_sent(self, digest: str) -> None:
        """Note that a text may arrive, before it is sent."""
        if digest not in self._note.sent:
            self._note = self._note._replace(sent=(*self._note.sent, digest))
        self._note = self._note._replace(session=self.session)
        write_note(self._folder, self._number, self._note)

    def _know(self, there: There) -> None:
        """Note what the shared store has now, with the lease on it."""
        self.was_held = True
        note = ShareNote(*there, self.session)
        if note != self._note:
            self._note = note
            write_note(self._folder, self._number, note)


def _digest_of_contents(files: dict[str, bytes]) -> str:
    return digest_of_files({path: digest_of(data) for path, data in files.items()})

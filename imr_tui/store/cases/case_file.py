"""An open case file, which never overwrites a text that another program wrote."""

from __future__ import annotations

import os
import stat
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, CannotStore, ChangedElsewhere, GivenAway, LimitReached
from imr_tui.store.cases.case_codec import decode, encode, misnamed
from imr_tui.store.history.replaced import keep_original, swap_unchanged
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.recovery import kept_text
from imr_tui.store.recovery.texts_beside import TextsBeside
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.standing import DRAFT, standing, standing_of_file

if TYPE_CHECKING:
    from imr_tui.model.case import Case


class CaseFile:
    """An open case file: the text last read or written, and where the next state is saved.

    Thread-safe: reads and saves exclude each other.
    """

    def __init__(self, path: Path, case: Case, data: bytes | None = None) -> None:
        self.path = path
        """`<folder>/<case number>.toml`."""
        self.case = case
        """The case as it was read."""
        self.standing = DRAFT if data is None else standing(path, data, case)
        """Whether it is signed, so that nothing may change."""
        self._known = data
        self._is_by_hand = data is not None and not _is_ours(data, case)
        self._beside = TextsBeside(path.parent, path.stem)
        self._is_apart = self._beside.has_found
        self._is_given_away = False
        self._encoded: tuple[Case, bytes] | None = None
        self._lock = threading.RLock()

    @property
    def versions(self) -> Versions:
        """The earlier versions of the case."""
        return Versions(self.path.parent, self.path.stem)

    @property
    def aside(self) -> Path:
        """The path of this session's text while the file holds another program's."""
        return self._beside.own.path

    @property
    def asides(self) -> list[Path]:
        """All texts beside the file: this session's, then those found at opening, newest first."""
        return self._beside.paths

    @property
    def is_apart(self) -> bool:
        """Whether there are two texts and the reviewer has not chosen between them yet."""
        return self._is_apart

    @property
    def is_given_away(self) -> bool:
        """Whether another session owns the file, so that this one writes a copy."""
        return self._is_given_away

    def give_away(self) -> None:
        """Stop writing the file: from now on, every `save` goes to `aside`."""
        with self._lock:
            self._is_given_away = True

    @property
    def base(self) -> str:
        """The state that the next save is based on, as in `KeptText.base`."""
        if self._is_apart:
            return kept_text.APART
        return kept_text.digest(self._known) if self._known is not None else ""

    @property
    def is_displaced(self) -> bool:
        """Whether the path is a link, a folder or a pipe instead of a file."""
        with suppress(OSError):
            return not stat.S_ISREG(self.path.lstat().st_mode)
        return False

    def save(self, case: Case) -> None:
        """Write `case`, but only over the text that was last read or written here.

        Raises ChangedElsewhere if the file holds another text: `case` is then saved to `aside`,
        and so are later ones until `overwrite` or `take_theirs`. Raises GivenAway after
        `give_away`, and Signed for a signed case, with `case` saved to `aside`. Raises CannotStore
        with the file unchanged. A file edited by hand is copied to `.imr/originals` before it is
        replaced.
        """
        data = self.bytes_of(case)
        with self._lock:
            if self._is_given_away:
                self._write_aside(data)
                raise GivenAway(f"Another session has {self.path} now. Your text is a copy.")
            if not self.standing.may_edit:
                self._write_aside(data)
                self.standing.require_editable(self.path)
            if self._is_apart or self._on_disk() not in (self._known, data):
                raise self._put_aside(data)
            if self._is_by_hand and self._known is not None:
                keep_original(self.path, self._known)
            self._replace(data)

    def note(self, case: Case, event: Event) -> None:
        """Keep `case` as a version."""
        self.versions.note(self.bytes_of(case), event)

    def bytes_of(self, case: Case) -> bytes:
        """The encoded `case`; the last result is cached."""
        encoded = self._encoded
        if encoded is None or encoded[0] is not case:
            # Another thread may replace the cache meanwhile, hence the local variable.
            self._encoded = encoded = (case, encode(case))
        return encoded[1]

    def is_changed(self) -> bool:
        """Whether the file `is_outdated`, or there are two texts; raises CannotStore."""
        with self._lock:
            return self._is_apart or self._on_disk() != self._known

    def is_outdated(self) -> bool:
        """Whether the file differs from the text last read or written; raises CannotStore."""
        with self._lock:
            return self._on_disk() != self._known

    def save_aside(self, case: Case) -> None:
        """Save `case` beside the file, for the reviewer to choose; raises CannotStore."""
        with self._lock:
            self._put_aside(encode(case))

    def reread(self) -> Case:
        """Read the file again, for a read-only session; raises BadInput or CannotStore."""
        with self._lock:
            data = read_bytes(self.path)
            self.case = decode(data, self.path)
            self._known = data
            self._is_by_hand = not _is_ours(data, self.case)
            self.standing = standing(self.path, data, self.case)
            return self.case

    def set_apart(self) -> None:
        """Save beside the file from now on, until the reviewer has chosen."""
        self._is_apart = True

    def theirs(self) -> Case | None:
        """The case in the file, or None if the file is gone; raises BadInput or CannotStore."""
        data = self._on_disk()
        return None if data is None else decode(data, self.path)

    def mine(self) -> Case | None:
        """The newest readable case beside the file, or None.

        This session's own, or else one left by a session that has ended. Raises BadInput or
        CannotStore if there are texts but none can be read.
        """
        return self._beside.newest()

    def overwrite(self, case: Case) -> None:
        """Write `case` over the other program's text, which becomes a version.

        Raises what `save` raises.
        """
        with self._lock:
            there = self._on_disk()
            if there is not None:
                standing_of_file(self.path, there).require_editable(self.path)
                self.versions.note(there, Event.ELSEWHERE)
            self._known, self._is_by_hand, self._is_apart = there, False, False
            self.save(case)
            self._beside.drop(self._beside.keep_found(self.bytes_of(case)))

    def take_theirs(self, case: Case) -> Case:
        """Keep the other program's text and return its case; `case` becomes a version.

        Raises BadInput or CannotStore if that text holds no case.
        """
        with self._lock:
            there = read_bytes(self.path)
            taken = decode(there, self.path)
            kept = self._beside.keep_found(encode(case))
            self.versions.note(encode(case), Event.ASIDE)
            self._known, self._is_apart = there, False
            self._is_by_hand = not _is_ours(there, taken)
            self.standing = standing(self.path, there, taken)
            self._beside.drop(kept)
            return taken

    def _replace(self, data: bytes) -> None:
        if self._known is None:
            atomic.write(self.path, data)
            self._known, self._is_by_hand = data, False
            return
        # Another program may write between the check and the exchange.
        theirs = swap_unchanged(self.path, self._known, data)
        self._known, self._is_by_hand = data, False
        if theirs is not None:
            apart = self._put_aside(data)
            swap_unchanged(self.path, data, theirs)
            raise apart

    def _on_disk(self) -> bytes | None:
        return read_bytes(self.path) if os.path.lexists(self.path) else None

    def _write_aside(self, data: bytes) -> None:
        self._beside.own.write(data)
        self._is_apart = True

    def _put_aside(self, data: bytes) -> ChangedElsewhere:
        is_first = not self._is_apart
        self._write_aside(data)
        if is_first:
            self._keep_theirs()
        change = "changed" if os.path.lexists(self.path) else "removed"
        return ChangedElsewhere(
            f"Another program {change} {self.path}. Your text is kept beside it. Choose which of "
            "the two to keep."
        )

    def _keep_theirs(self) -> None:
        """Keep the other program's text as a version, because that program may replace it."""
        with suppress(CannotStore):
            if (there := self._on_disk()) is not None:
                self.versions.note(there, Event.ELSEWHERE)


def _is_ours(data: bytes, case: Case) -> bool:
    """Whether this program wrote `data`: it equals the encoding of `case`."""
    try:
        return data == encode(case)
    except LimitReached:
        return False


def open_case(path: Path) -> CaseFile:
    """Open the case file at `path`; raises CannotStore or BadInput."""
    data = read_bytes(path)
    case = decode(data, path)
    if says := misnamed(path, case):
        raise BadInput(says)
    return CaseFile(path, case, data)

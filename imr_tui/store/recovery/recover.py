"""Recovers case texts that ended sessions kept elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, ImrError
from imr_tui.model.limits import is_case_number
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.case_file import CaseFile
from imr_tui.store.history.replaced import replace_file
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.locking.sessions import may_be_running
from imr_tui.store.recovery import handover, journal, kept_text
from imr_tui.store.recovery.kept_text import APART, KeptText
from imr_tui.store.recovery.rescue import texts as rescued_texts
from imr_tui.store.safety import linux
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.recovery.journal import Journal


@dataclass
class Found:
    """A text that an ended session kept, and how to dispose of it."""

    text: KeptText
    """The text."""
    drop: Callable[[], None]
    """Deletes it."""
    leave: Callable[[], None]
    """Closes it without deleting."""
    journal: Journal | None = None
    """The journal that holds it, if any."""
    has_claim: bool = False
    """Whether it comes from a session that cannot exit, which also holds the claim."""
    older: list[Found] = field(default_factory=list)
    """Earlier texts of the same session."""

    def leave_all(self) -> None:
        """Close this text and the older ones without deleting; harmless after `drop`."""
        for each in (self, *self.older):
            each.leave()


@dataclass(frozen=True)
class Recovered:
    """The result of recovering one text."""

    number: str
    """The case number."""
    says: str
    """The result, as a sentence."""
    is_left: bool = False
    """Whether the text stays where it was, because it could not be written."""


def find(folder: Path, rescue: str, number: str = "") -> list[Found]:
    """The texts that ended sessions kept of the cases of `folder`, or of one; oldest first.

    Only the latest text of each session, with the older ones in `older`. Also removes empty
    journals.
    """
    found = [
        *_in_journals(folder, number),
        *_in_rescue(folder, rescue, number),
        *_in_sessions(folder, number),
    ]
    latest = kept_text.newest([each.text for each in found])
    chosen = [each for text in latest for each in found if each.text is text]
    for each in chosen:
        same = (other for other in found if other.text.session == each.text.session)
        each.older = [other for other in same if other is not each]
    return chosen


def recover(folder: Path, rescue: str, me: Callable[[], Holder]) -> list[Recovered]:
    """Recover all kept texts of cases that are not open.

    `me` returns the session that claims a case meanwhile; it is called only if there is a text.
    """
    recovered = []
    for each in find(folder, rescue):
        with suppress(ImrError):
            recovered += _with_claim(folder, each, me)
        each.leave_all()
    return recovered


def _with_claim(folder: Path, found: Found, me: Callable[[], Holder]) -> list[Recovered]:
    # pydantic loads here, which most starts do without as they have nothing to recover.
    from imr_tui.store.locking.claim import claim
    from imr_tui.store.locking.holder import Held

    number = found.text.number
    if found.has_claim:
        return restore(folder, found)
    try:
        claimed = claim(folder, number, me())
    except Held:
        # The session that has the case recovers the text, or still holds it itself.
        return []
    except CannotStore as error:
        return [_left(number, error)]
    try:
        return restore(folder, found)
    finally:
        claimed.release()


def restore(folder: Path, found: Found) -> list[Recovered]:
    """Put a kept text back into its case, which nobody else has open.

    It goes into the file if the text is based on that, else beside it. If neither can be
    written, the text stays where it is, and is not closed yet.
    """
    number = found.text.number
    try:
        says = _put_back(folder, found.text)
    except ImrError as error:
        return [_left(number, error)]
    found.drop()
    # Dropped last, because they are all that is left if this text cannot be put back.
    for older in found.older:
        older.drop()
    return [Recovered(number, says)] if says else []


def _put_back(folder: Path, text: KeptText) -> str:
    """Write the text to its case; returns a sentence or blank. Raises ImrError."""
    path = folder / f"{text.number}{SUFFIX}"
    case = case_of(text)
    there = read_bytes(path) if os.path.lexists(path) else None
    if there == text.data:
        return ""
    file = CaseFile(path, case, there)
    is_next = text.base == (kept_text.digest(there) if there is not None else "")
    if is_next and not file.is_apart:
        replace_file(path, text.data, Event.RECOVERING)
        Versions(folder, text.number).note(text.data, Event.RECOVERED)
        return f"Recovered the changes to {text.number} that its last session could not save."
    if text.base != APART and file.versions.find_bytes(text.data) is not None:
        return ""
    file.save_aside(case)
    if there is None:
        # Without a file, the worklist would not show the case.
        file.overwrite(case)
        return f"Restored {text.number}, which was missing, from its last session."
    return f"{text.number} has two versions: its file, and the unsaved text of its last session."


def _in_journals(folder: Path, number: str) -> Iterator[Found]:
    for each in journal.abandoned(folder, number):
        blob = each.read()
        text = None if blob is None else kept_text.decode(blob)
        if text is None or text.number != journal.number_of(each.path):
            each.close(remove=blob is None)
            continue
        yield Found(text, _closer(each, True), _closer(each, False), each)


def _closer(each: Journal, remove: bool) -> Callable[[], None]:
    return lambda: each.close(remove=remove)


def _in_rescue(folder: Path, top: str, number: str) -> Iterator[Found]:
    if not top:
        return
    for path, text in rescued_texts(Path(top), folder):
        is_wanted = number in ("", text.number) and is_case_number(text.number)
        if is_wanted and (linux.offers_locks(folder) or not may_be_running(text.session)):
            yield Found(text, _unlinker(path), lambda: None)


def _in_sessions(folder: Path, number: str) -> Iterator[Found]:
    for each in handover.offers(folder):
        if number in ("", each.text.number) and is_case_number(each.text.number):
            yield Found(each.text, each.accept, each.decline, has_claim=True)
        else:
            each.decline()


def _unlinker(path: Path) -> Callable[[], None]:
    def unlink() -> None:
        with suppress(OSError):
            path.unlink()

    return unlink


def _left(number: str, error: ImrError) -> Recovered:
    says = f"Changes to {number} from its last session are kept, but not recovered yet. {error}"
    return Recovered(number, says, is_left=True)


def case_of(text: KeptText) -> Case:
    """The case in a text; raises BadInput."""
    return decode(text.data, f"the kept text of {text.number}")

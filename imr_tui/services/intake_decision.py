"""Decides what an assignment means for a folder of cases; changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui.domain.changed_fields import changed_fields
from imr_tui.domain.started import is_started, with_credentials
from imr_tui.errors import BadInput, CannotStore, Conflict, ImrError, Signed
from imr_tui.model.size import Scale, require_allowed
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.intake.closing import Closing, closing_path, encoded
from imr_tui.store.intake.new_facts import blank_like, new_facts_path
from imr_tui.store.intake.received import received_path
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.store.signing.standing import standing, standing_of_file

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.domain.assignment import Assignment
    from imr_tui.model.case import Case
    from imr_tui.store.intake.case_writes import CaseWrites
    from imr_tui.store.intake.known import Known
    from imr_tui.store.signing.standing import Standing

Kind = Literal["created", "unchanged", "updated", "new facts", "closed", "reopened", "failed"]
"""What became of an assignment."""
Write = Literal["", "create", "receive", "update", "wait"]
"""What is written: the new case file; only what was received; the case file again; new facts."""


_SMALL = 10_000
"""Bytes of a case that is certainly allowed, which need not be computed."""


class Decision(NamedTuple):
    """What is to be done for an assignment."""

    kind: Kind
    """What it is called."""
    says: str = ""
    """What the user should know about it, without a full stop; usually blank."""
    write: Write = ""
    """What is written of the case."""
    data: bytes = b""
    """The case as it is given, encoded."""
    before: bytes = b""
    """The content of the case file, for an update."""
    after: bytes = b""
    """The new content of the case file, for an update."""
    fields: tuple[str, ...] = ()
    """The paths of the fields that differ from what was received before."""
    closing: Closing | None = None
    """Why the case is to be closed."""
    reopens: bool = False
    """Whether the case is to be opened again first."""


def decide(given: Assignment, writes: CaseWrites, known: Known) -> Decision:
    """What is to be done for `given`.

    Raises BadInput, LimitReached, Conflict, Signed or CannotStore if it cannot be taken in.
    """
    number = given.case.number
    _require_own_number(given, known)
    if given.status != "open":
        return _closing(number, Closing(given.status, given.reason, given.on), writes, known)
    data = encode(given.case)
    if len(data) > _SMALL:
        require_allowed(Scale().size(given.case))
    folded = number.casefold()
    if folded not in known.assignments:
        return Decision("created", write="create", data=data)
    old = writes.read(received_path(writes.folder, number))
    if folded in known.files:
        return _of_existing(given.case, data, old, writes)
    if old == data:
        return Decision("unchanged", "its case file is no longer in the folder")
    raise Conflict(
        f"{number} changed, but its case file is no longer in the folder. Put it back, or remove "
        f"{received_path(writes.folder, number)} to create the case again."
    )


def is_settled(given: Assignment, writes: CaseWrites) -> bool:
    """Whether the folder already has `given` as it is."""
    number, folder = given.case.number, writes.folder
    closed = writes.read(closing_path(folder, number))
    if given.status != "open":
        return closed == encoded(Closing(given.status, given.reason, given.on))
    waiting = writes.read(new_facts_path(folder, number))
    newest = waiting or writes.read(received_path(folder, number))
    return closed is None and newest == encode(given.case)


def _require_own_number(given: Assignment, known: Known) -> None:
    """Raise BadInput if the number or the assignment belongs to another case."""
    number, folded = given.case.number, given.case.number.casefold()
    there = known.numbers.get(given.id, number)
    if there.casefold() != folded:
        raise BadInput(
            f"Assignment {given.id} belongs to {there}, so {number} was not changed. Correct the "
            "number or the assignment."
        )
    file = known.files.get(folded, "")
    if file not in ("", f"{number}{SUFFIX}"):
        raise Conflict(f"The file {file} already has the number {number}. It was not changed.")
    owner = known.assignments.get(folded, given.id)
    if not owner:
        raise Conflict(
            f"{number} exists, but did not come by intake. It was not changed. To connect it, add "
            f'the line assignment = "{given.id}" below its number in the case file.'
        )
    if owner != given.id:
        raise Conflict(
            f"{number} belongs to assignment {owner}, not {given.id}. It was not changed. Correct "
            "the number or the assignment."
        )


def _closing(number: str, why: Closing, writes: CaseWrites, known: Known) -> Decision:
    path = writes.folder / f"{number}{SUFFIX}"
    data = writes.read(path)
    if data is None or number.casefold() not in known.files:
        return Decision("unchanged", "there is no case to close")
    if writes.read(closing_path(writes.folder, number)) == encoded(why):
        return Decision("unchanged")
    if _is_signed(path, standing_of_file(path, data)):
        raise Signed(
            f"{number} is signed, so it was not closed as {why.kind}. Its determination stands; "
            "tell the organization."
        )
    return Decision("closed", closing=why)


_SIGNED = ("signed", "correcting", "altered")


def _of_existing(case: Case, data: bytes, old: bytes | None, writes: CaseWrites) -> Decision:
    """What is to be done for an open assignment whose case exists."""
    waiting = writes.read(new_facts_path(writes.folder, case.number))
    is_closed = writes.read(closing_path(writes.folder, case.number)) is not None
    if data in ((waiting,) if waiting is not None else (old,)):
        return Decision("reopened", reopens=True) if is_closed else Decision("unchanged")
    decision = _changed(case, data, old, writes)
    if not is_closed:
        return decision
    says = _REOPENED.get(decision.kind, decision.says)
    return decision._replace(kind="reopened", says=says, reopens=True)


_REOPENED: dict[Kind, str] = {
    "updated": "and updated",
    "new facts": "and new facts wait for the reviewer",
}


def _changed(case: Case, data: bytes, old: bytes | None, writes: CaseWrites) -> Decision:
    """What is to be done for a case whose facts differ from what was received last."""
    path = writes.folder / f"{case.number}{SUFFIX}"
    there = writes.read(path)
    if there is None:
        raise Conflict(f"{path} was removed meanwhile. Nothing was written for it.")
    before = decode(old, path) if old is not None else None
    fields = changed_fields(before or blank_like(case), case)
    waits = Decision("new facts", write="wait", data=data, fields=fields)
    try:
        current = decode(there, path)
    except ImrError:
        # Its reviewer repairs it first.
        return waits
    if not set(fields) & set(changed_fields(current, case)):
        says = "the case has these facts already" if fields else ""
        return Decision("unchanged", says, "receive", data, fields=fields)
    is_untouched = before is not None and not is_started(current, before)
    if not is_untouched or _is_signed(path, standing(path, there, current)):
        return waits
    after = encode(with_credentials(case, current))
    return Decision("updated", "", "update", data, there, after, fields)


def _is_signed(path: Path, found: Standing) -> bool:
    """Whether a case is or was signed; raises CannotStore if that could not be read."""
    if not found.is_read:
        raise CannotStore(f"{path.stem} was not changed: {found.says}")
    return found.kind in _SIGNED

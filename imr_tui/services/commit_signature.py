"""Writes a signed determination, and completes or takes back what a killed process left.

The rename of the case file is the commit point: before it the case is a draft, after it signed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imr_tui.errors import CannotSign, CannotStore, ImrError
from imr_tui.services.check_signature import signature_fault
from imr_tui.services.record_events import record
from imr_tui.services.signed_letter import write_sealed_letter
from imr_tui.signing.digest import sha256
from imr_tui.signing.manifest import NAMESPACE, parse
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.replaced import overwrite_file, replace_unchanged
from imr_tui.store.history.versions import Event
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing import unfinished
from imr_tui.store.signing.sealed_copies import ORGANIZATION, Sealed, SealedCopies
from imr_tui.store.signing.signed_file import signed_file
from imr_tui.store.signing.ssh_keygen import signer_of
from imr_tui.store.signing.standing import closed_standing, read_revision
from imr_tui.store.signing.unfinished import Unfinished

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.services.sign_case import Prepared
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.signing.trust import Trust

_ANY_TIME = datetime.min.replace(tzinfo=UTC)


def commit(prepared: Prepared, signature: bytes, trust: Trust, now: datetime) -> None:
    """Verify the signature of what was prepared, and write the signed case.

    The caller holds the claim on the case. Raises CannotSign if the signature is not valid, Closed
    if the organization closed the case since it was prepared, and ChangedElsewhere if the case file
    changed since it was read, with nothing changed. After CannotStore the case file tells whether
    the case is signed; the next start completes it.
    """
    if closed := closed_standing(prepared.path.parent, prepared.case.number):
        closed.require_editable(prepared.path)
    if says := signature_fault(prepared.manifest, signature, NAMESPACE, trust, now):
        raise CannotSign(f"{prepared.case.number} was not signed. {says}")
    number, manifest = prepared.case.number, sha256(prepared.manifest)
    signer = signer_of(signature, trust, NAMESPACE, now)
    step = Unfinished(number, "signed", prepared.statement.revision, manifest, signer)
    sealed = Sealed(encode(prepared.case), prepared.letter, prepared.manifest, signature)

    def write() -> None:
        SealedCopies(prepared.path.parent, number).write(step.revision, sealed)
        signed = signed_file(sealed.case, parse(prepared.manifest))
        replace_unchanged(prepared.path, prepared.read, signed)

    take_step(prepared.path.parent, step, write, now)


def write_signed_letter(prepared: Prepared, now: datetime) -> Path:
    """Write the signed letter as `<number>.txt`, unless `commit` did; raises CannotStore."""
    return write_sealed_letter(prepared.path.parent, prepared.case, prepared.letter, now)


def take_step(folder: Path, step: Unfinished, write: Callable[[], None], now: datetime) -> None:
    """Take a step that is either done and in the log, or not done; raises what `write` raises.

    Raises CannotStore, too, for a step that was done with an error, and says so.
    """
    unfinished.begin(folder, step)
    try:
        write()
    except BaseException as error:
        is_done = False
        # Decided by the files: an error may also come after the commit point.
        with suppress(ImrError):
            is_done = settle_step(folder, step, now)
        if is_done and isinstance(error, CannotStore):
            says = f"{error} All the same, {step.number} is in the log as `{step.step}`."
            raise CannotStore(says) from error
        raise
    try:
        settle_step(folder, step, now)
    except ImrError as error:
        raise CannotStore(
            f"{error} All the same, `{step.step}` was completed for {step.number}. The next start "
            "of imr-tui adds it to the log."
        ) from error


def settle(folder: Path, me: Callable[[], Holder], now: datetime) -> None:
    """Complete, or take back, the steps that killed processes left; skips cases that are open.

    `me` returns the session that claims each case meanwhile; called only if a step was left.
    """
    for step in unfinished.unfinished(folder):
        # Loads pydantic, which most starts do without, as nothing was left.
        from imr_tui.store.locking.claim import claim

        with suppress(ImrError):
            claimed = claim(folder, step.number, me())
            try:
                settle_step(folder, step, now)
            finally:
                claimed.release()


def settle_step(folder: Path, step: Unfinished, now: datetime) -> bool:
    """Complete a step that was done, with its event and letter, or remove what one left.

    Returns whether it was done. The caller holds the claim on the case. Raises ImrError; the note
    of the step stays then.
    """
    copies = SealedCopies(folder, step.number)
    since = _done_since(folder, copies, step)
    if since is None:
        # One in the log was done, and its case file was changed since.
        if step.step == "signed" and not _is_logged(folder, step, _ANY_TIME):
            copies.remove(step.revision, step.manifest)
    elif not _is_logged(folder, step, since):
        record(folder, step.number, step.step, content=step.manifest, now=now, signer=step.signer)
    if since is None or step.step != "signed" or _has_letter(folder, copies, step, now):
        unfinished.end(folder, step.number)
    return since is not None


def _has_letter(folder: Path, copies: SealedCopies, step: Unfinished, now: datetime) -> bool:
    """Write the letter that was signed; False if that fails, so that the next start tries again.

    An earlier letter in its place would look like a changed one.
    """
    path = Folder(folder).path_of(step.number)
    try:
        sealed = copies.read(step.revision)
        write_sealed_letter(folder, decode(sealed.case, path), sealed.letter, now)
    except ImrError:
        return False
    return True


def _done_since(folder: Path, copies: SealedCopies, step: Unfinished) -> datetime | None:
    """The time before which the log cannot have the event of a step; None if it was not done.

    Raises ImrError if the files that show it cannot be read.
    """
    if step.step == "sealed":
        return _ANY_TIME if os.path.lexists(copies.file(step.revision, ORGANIZATION)) else None
    path = Folder(folder).path_of(step.number)
    if step.step == "re-review begun" and not os.path.lexists(path):
        return None
    case = decode(read_bytes(path), path)
    marked = {
        "signed": case.signature,
        "correction begun": case.correction,
        "re-review begun": case.rereview,
    }[step.step]
    if marked is None or marked.manifest != step.manifest:
        return None
    # A correction that was given up may be begun again, for the same manifest.
    return case.correction.at if marked is case.correction else _ANY_TIME


def _is_logged(folder: Path, step: Unfinished, since: datetime) -> bool:
    events = AuditLog(folder).events(step.number, step.step, step.manifest)
    return any(each.at >= since for each in events)


def restore_signed(path: Path, now: datetime) -> int:
    """Put the last signed revision back into a case file, and its letter; returns its number.

    The text that was there becomes a version. Raises BadInput if the sealed copy is damaged,
    CannotStore if no revision was signed.
    """
    copies = SealedCopies(path.parent, path.stem)
    revisions = copies.revisions()
    if not revisions:
        raise CannotStore(f"{path.stem} was never signed, so there is nothing to restore.")
    sealed, manifest = read_revision(copies, revisions[-1])
    signed = signed_file(sealed.case, manifest)
    overwrite_file(path, signed, Event.RESTORING)
    write_sealed_letter(path.parent, decode(signed, path), sealed.letter, now)
    return manifest.revision

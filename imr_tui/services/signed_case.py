"""Opens a signed case whose signatures are valid, for what may follow a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput, CannotStore, Conflict, NotSigned
from imr_tui.model.size import require_length
from imr_tui.services.verify_cases import signing_events, verify_file
from imr_tui.store.cases.case_codec import decode, misnamed
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.standing import standing
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.model.case import Case
    from imr_tui.model.signature import Correction, Signature
    from imr_tui.services.verify_cases import SigningEvents
    from imr_tui.store.signing.sealed_copies import Sealed
    from imr_tui.store.signing.trust import Trust


class SignedCase(NamedTuple):
    """A signed case, all of whose signatures are valid."""

    path: Path
    """The case file."""
    read: bytes
    """Its content; it must still be that when something replaces it."""
    case: Case
    """The case."""
    signature: Signature
    """Its `[signature]`."""
    sealed: Sealed
    """The files of the signed revision."""


def open_signed(path: Path, trust: Trust, events: SigningEvents | None = None) -> SignedCase:
    """Open the case file `path` and verify its signatures.

    `events` are those of the folder's log, which is read without them. Raises NotSigned for a
    draft and for a signature that is not valid, Conflict for a case that is being corrected,
    Signed for one that was changed since it was signed, BadInput, CannotStore.
    """
    read = read_bytes(path)
    case = decode(read, path)
    if says := misnamed(path, case):
        raise BadInput(says)
    found = standing(path, read, case)
    if case.correction is not None and found.may_edit:
        raise Conflict(_corrected(path, case.correction))
    if found.kind != "signed":
        found.require_editable(path)
    if case.signature is None:
        raise NotSigned(
            f"{path.stem} is not signed, so nothing was changed. Edit it in the app, then sign it "
            f"with `imr-tui sign {path}`."
        )
    verified = verify_file(path, trust, events or signing_events(path.parent))
    if verified.status == "unreadable":
        raise CannotStore(
            f"The signature of {path.stem} could not be verified. {verified.says} "
            "Nothing was changed."
        )
    if verified.status != "good":
        raise NotSigned(
            f"The signature of {path.stem} is not valid. {verified.says} Nothing was changed. "
            f"`imr-tui verify {path}` checks it again."
        )
    sealed = SealedCopies(path.parent, case.number).read(case.signature.revision)
    return SignedCase(path, read, case, case.signature, sealed)


def required_text(text: str, what: str) -> str:
    """`text` as it is kept in the case; raises BadInput if it is blank, LimitReached."""
    kept = clean_line(text).strip()
    if not kept:
        raise BadInput(f"{what} must not be blank. Nothing was changed.")
    require_length(kept)
    return kept


def _corrected(path: Path, correction: Correction) -> str:
    return (
        f"A correction of revision {correction.revision} of {path.stem} was begun on "
        f"{correction.at:%Y-%m-%d}. Finish it in the app and sign it, or give it up with "
        f"`imr-tui sign --restore {path}`."
    )

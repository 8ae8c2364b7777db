"""Where a case stands: a draft, signed, being corrected, changed since it was signed, or closed.

Compares digests only, and starts no process: `imr-tui verify` also checks the signatures.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui.errors import BadInput, CannotSign, CannotStore, Closed, ImrError, Signed
from imr_tui.model.limits import is_case_number
from imr_tui.signing.digest import digest_of, sha256
from imr_tui.signing.manifest import Manifest, parse
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.intake.closing import closing, in_words
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.signed_file import signed_file
from imr_tui.store.signing.unfinished import is_unfinished

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.model.case import Case
    from imr_tui.store.intake.closing import ClosingKind
    from imr_tui.store.signing.sealed_copies import Sealed

Kind = Literal["draft", "signed", "correcting", "altered", "closed"]
_CHANGED = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
"""Errors of the system that show that a file was removed or replaced."""


class Standing(NamedTuple):
    """Where a case stands."""

    kind: Kind
    """The state; only a draft and a correction may be edited."""
    says: str = ""
    """What differs from what was signed, or why it is closed, as a sentence; else blank."""
    at: str = ""
    """When it was signed, in UTC, such as 2026-11-29T14:02:07Z; blank for a draft."""
    is_read: bool = True
    """Whether all files were read; if not, what `says` why does not prove a change."""
    closed: ClosingKind | None = None
    """How the organization closed it; None unless it did, or if that cannot be read."""

    @property
    def may_edit(self) -> bool:
        """Whether the case may be changed."""
        return self.kind in ("draft", "correcting")

    def require_editable(self, path: Path) -> None:
        """Raise Signed, with what to do instead, unless the case at `path` may be changed."""
        if self.kind == "signed":
            raise Signed(
                f"{path.stem} is signed, so nothing was changed. `imr-tui correct` corrects "
                "printed words. For another decision, start a new review: `imr-tui rereview`."
            )
        if self.kind == "closed":
            raise Closed(
                f"{path.stem} is closed, so nothing was changed. {self.says} Only the organization "
                "opens it again, with `imr-tui intake`."
            )
        if not self.is_read:
            raise CannotStore(f"{path.stem} was signed, so nothing was changed. {self.says}")
        if self.kind == "altered":
            raise Signed(
                f"{path.stem} was signed. {self.says} Nothing was changed now. "
                f"`imr-tui sign --restore {path}` restores the signed text."
            )


DRAFT = Standing("draft")


def standing(path: Path, data: bytes, case: Case) -> Standing:
    """Where the case file at `path`, with the bytes `data`, stands.

    It is compared with its sealed copies. A draft or a correction may be closed.
    """
    found = _of_signature(path, data, case)
    return (closed_standing(path.parent, case.number) or found) if found.may_edit else found


def closed_standing(folder: Path, number: str) -> Standing | None:
    """The standing of a closed case; None for one that is not closed."""
    try:
        why = closing(folder, number)
    except ImrError as error:
        # It is closed, whatever the file that says why holds.
        return Standing("closed", str(error))
    return Standing("closed", in_words(why), closed=why.kind) if why is not None else None


def _of_signature(path: Path, data: bytes, case: Case) -> Standing:
    copies = SealedCopies(path.parent, case.number)
    try:
        revisions = copies.revisions()
    except CannotStore as error:
        return Standing("altered", str(error), is_read=False)
    is_unended = is_unfinished(path.parent, case.number)
    marked = case.signature or case.correction
    if marked is None and (is_unended or not revisions):
        return DRAFT
    if marked is None:
        return Standing("altered", "The signature was removed from the case file.")
    at = f"{marked.at:%Y-%m-%dT%H:%M:%SZ}"
    try:
        if not is_unended and any(each > marked.revision for each in revisions):
            says = f"It is an earlier text: revision {revisions[-1]} was signed later."
        else:
            says = _difference(copies, marked.revision, data, case)
    except ImrError as error:
        return Standing("altered", str(error), at, is_read=not is_unread(error))
    if says:
        return Standing("altered", says, at)
    return Standing("signed" if case.signature else "correcting", "", at)


def is_unread(error: ImrError) -> bool:
    """Whether the system refused a file or ssh-keygen, which does not prove a change."""
    if isinstance(error, CannotStore):
        cause = error.__cause__
        return isinstance(cause, OSError) and cause.errno not in _CHANGED
    return isinstance(error, CannotSign)


def read_revision(copies: SealedCopies, revision: int) -> tuple[Sealed, Manifest]:
    """Read a sealed revision; raises BadInput if its files do not belong together, CannotStore."""
    sealed = copies.read(revision)
    manifest = parse(sealed.manifest)
    if manifest.case != copies.path.name or manifest.revision != revision:
        raise BadInput("The manifest belongs to another case or another revision.")
    if digest_of(sealed.case) != manifest.content:
        raise BadInput("The sealed copy of the case was changed.")
    if digest_of(sealed.letter) != manifest.letter:
        raise BadInput("The sealed letter was changed.")
    return sealed, manifest


def _difference(copies: SealedCopies, revision: int, data: bytes, case: Case) -> str:
    """What differs from a sealed revision, as a sentence; blank if nothing does."""
    sealed, manifest = read_revision(copies, revision)
    marked = case.signature or case.correction
    if marked is None or marked.manifest != sha256(sealed.manifest):
        return "The manifest is not the one that the case file names."
    if case.signature is None:
        return ""
    if case.signature.at != manifest.signed_at:
        return "The time of the signature was changed in the case file."
    is_same = data == signed_file(sealed.case, manifest)
    return "" if is_same else "The case file was changed after it was signed."


def standing_of_file(path: Path, data: bytes) -> Standing:
    """Like `standing`, for bytes that may not be a readable case; starts no process."""
    try:
        return standing(path, data, decode(data, path))
    except ImrError as error:
        try:
            was_signed = bool(SealedCopies(path.parent, path.stem).revisions())
        except CannotStore as refused:
            return Standing("altered", str(refused), is_read=False)
        if was_signed:
            return Standing("altered", str(error))
        found = closed_standing(path.parent, path.stem) if is_case_number(path.stem) else None
        return found or DRAFT

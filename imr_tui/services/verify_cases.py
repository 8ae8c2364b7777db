"""Verifies signed determinations: their files, their signatures, and their events in the log."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui.errors import ImrError
from imr_tui.services.check_signature import signature_fault
from imr_tui.signing.digest import sha256
from imr_tui.signing.manifest import NAMESPACE, SEAL_NAMESPACE, Manifest, seal_statement
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import decode, misnamed
from imr_tui.store.cases.letter_file import LETTER
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.standing import is_unread, read_revision, standing

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.model.case import Case
    from imr_tui.signing.events import EventName
    from imr_tui.signing.head import Head
    from imr_tui.store.signing.sealed_copies import Sealed
    from imr_tui.store.signing.trust import Trust

_PROOFS: tuple[EventName, EventName] = ("signed", "sealed")
Status = Literal["good", "unsigned", "altered", "unreadable"]


class Verified(NamedTuple):
    """The result for one case file."""

    path: Path
    """The case file."""
    status: Status
    """Good only if every check passed."""
    says: str = ""
    """Why it is not good, as a sentence."""
    revision: int = 0
    """The revision that the case file holds; 0 if it was never signed."""
    is_sealed: bool = False
    """Whether the organization sealed that revision."""
    heads: tuple[Head, ...] = ()
    """The heads of the log that the manifests name, which the log must contain."""


class Proof(NamedTuple):
    """What the log says of a signature."""

    at: datetime
    """When it was made, in UTC."""
    signer: str
    """The principal whose key it was."""


@dataclass(frozen=True)
class SigningEvents:
    """What the log of a folder says about signatures and seals."""

    signed: dict[tuple[str, str], Proof]
    """The signatures, by case number and manifest."""
    sealed: dict[tuple[str, str], Proof]
    """The seals, by case number and manifest."""

    @cached_property
    def manifests(self) -> Mapping[str, frozenset[str]]:
        """The manifests that were signed, by case number."""
        found: dict[str, set[str]] = {}
        for number, manifest in self.signed:
            found.setdefault(number, set()).add(manifest)
        return {number: frozenset(each) for number, each in found.items()}


def signing_events(folder: Path) -> SigningEvents:
    """Read the log of a folder; raises CannotStore."""
    log = AuditLog(folder)
    signed, sealed = (
        {(each.case, each.content): Proof(each.at, each.signer) for each in log.events(name=name)}
        for name in _PROOFS
    )
    return SigningEvents(signed, sealed)


def verify_files(
    paths: Sequence[Path], trust: Trust | None, events: SigningEvents
) -> Iterator[Verified]:
    """Verify case files of one folder, in their order, several at once.

    `trust` is None if no keys are known; signed cases cannot be verified then.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(partial(verify_file, trust=trust, events=events), paths)


def verify_file(path: Path, trust: Trust | None, events: SigningEvents) -> Verified:
    """Verify one case file."""
    try:
        data = read_bytes(path)
        case = decode(data, path)
    except ImrError as error:
        if path.stem in events.manifests:
            return Verified(path, "altered", f"It was signed, and is damaged now. {error}")
        return Verified(path, "unreadable", str(error))
    if says := misnamed(path, case):
        # The files of that other case say nothing about this one.
        was_signed = not events.manifests.keys().isdisjoint((path.stem, case.number))
        return Verified(path, "altered" if was_signed or case.signature else "unreadable", says)
    found = standing(path, data, case)
    if found.kind == "altered":
        return Verified(path, "altered" if found.is_read else "unreadable", found.says)
    if case.signature is None and case.correction is None:
        was_signed = case.number in events.manifests
        says = "The log says that it was signed, but no signature is left." if was_signed else ""
        return Verified(path, "altered" if was_signed else "unsigned", says)
    return _verify_signed(path, case, trust, events)


def _verify_signed(path: Path, case: Case, trust: Trust | None, events: SigningEvents) -> Verified:
    """Verify all revisions of a case that is signed, or being corrected."""
    marked = case.signature or case.correction
    if marked is None:
        raise AssertionError("a draft has no revisions")
    if trust is None:
        return Verified(path, "altered", "No keys are known to verify it with.", marked.revision)
    try:
        read = _revisions(SealedCopies(path.parent, case.number), marked.revision)
        manifests = [manifest for _, manifest in read]
        says = _chain_fault(manifests, marked.manifest)
        says = says or _loss(manifests, events.manifests.get(case.number, frozenset()))
        if case.signature is not None:
            says = says or _letter_fault(path.with_suffix(LETTER), read[-1][0].letter)
        # Last, as it starts processes.
        says = says or next(filter(None, (_fault(*each, trust, events) for each in read)), "")
    except ImrError as error:
        status: Status = "unreadable" if is_unread(error) else "altered"
        return Verified(path, status, str(error), marked.revision)
    heads = tuple(manifest.log_head for _, manifest in read if manifest.log_head)
    is_sealed = read[-1][0].organization is not None
    if says:
        return Verified(path, "altered", says, marked.revision, is_sealed, heads)
    if case.signature is None:
        says = f"A correction of revision {marked.revision} is not signed yet."
        return Verified(path, "unsigned", says, marked.revision, is_sealed, heads)
    return Verified(path, "good", "", marked.revision, is_sealed, heads)


def _loss(manifests: Sequence[Manifest], signed: frozenset[str]) -> str:
    """Whether the log names a signed revision that is not there, as a sentence; or blank."""
    if signed <= {manifest.sha256 for manifest in manifests}:
        return ""
    return f"It is an earlier text: the log says that a revision after {len(manifests)} was signed."


def _letter_fault(path: Path, signed: bytes) -> str:
    """Whether the letter beside a signed case is another one; it may be gone.

    Raises CannotStore if it cannot be read.
    """
    is_other = os.path.lexists(path) and read_bytes(path) != signed
    return f"The letter {path} is not the one that was signed." if is_other else ""


def _revisions(copies: SealedCopies, last: int) -> list[tuple[Sealed, Manifest]]:
    return [read_revision(copies, revision) for revision in range(1, last + 1)]


def _fault(sealed: Sealed, manifest: Manifest, trust: Trust, events: SigningEvents) -> str:
    """What is wrong with one revision, as a sentence; or blank."""
    key = manifest.case, sha256(sealed.manifest)
    proof = events.signed.get(key)
    if proof is None:
        return f"The log does not say that revision {manifest.revision} was signed."
    # At the time in the log, as the key may have expired since.
    if says := signature_fault(sealed.manifest, sealed.reviewer, NAMESPACE, trust, *proof):
        return says
    if sealed.organization is None:
        is_missing = key in events.sealed
        return "The log says that it was sealed, but the seal is missing." if is_missing else ""
    statement = seal_statement(sealed.manifest, sealed.reviewer)
    seal = events.sealed.get(key)
    if seal is None:
        return f"The log does not say that revision {manifest.revision} was sealed."
    says = signature_fault(statement, sealed.organization, SEAL_NAMESPACE, trust, *seal)
    return f"The organization's seal is not valid. {says}" if says else ""


def _chain_fault(manifests: Sequence[Manifest], last: str) -> str:
    """Whether each revision names the one before it."""
    for before, after in pairwise(manifests):
        if after.previous != before.sha256:
            return f"Revision {after.revision} does not correct the revision before it."
    if manifests[-1].sha256 != last:
        return "The case file names another manifest."
    return ""

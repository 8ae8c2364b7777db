"""Seals signed determinations: the organization signs that it accepts a reviewer's signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.errors import CannotSign, Conflict, ImrError
from imr_tui.services.check_signature import signature_fault
from imr_tui.services.commit_signature import take_step
from imr_tui.services.signed_case import open_signed
from imr_tui.services.verify_cases import SigningEvents, signing_events
from imr_tui.signing.manifest import SEAL_NAMESPACE, seal_statement
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.safety.folder_privacy import require_private
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.ssh_keygen import sign, signer_of
from imr_tui.store.signing.standing import standing_of_file
from imr_tui.store.signing.unfinished import Unfinished
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from imr_tui.services.signed_case import SignedCase
    from imr_tui.store.signing.signing_key import SigningKey
    from imr_tui.store.signing.trust import Trust


@dataclass(frozen=True)
class Seal:
    """What seals the cases of one folder."""

    key: SigningKey
    """The organization's key."""
    passphrase: Callable[[], str]
    """Asks for the passphrase of the key; called for each case if the key has one."""
    trust: Trust
    """Whose signatures and seals count."""
    events: SigningEvents
    """When cases were signed."""
    accounts: Mapping[str, frozenset[str]]
    """The accounts that signed, by manifest."""


def load_seal(folder: Path, key: SigningKey, passphrase: Callable[[], str], trust: Trust) -> Seal:
    """Read what the log of a folder says about signatures; raises CannotStore."""
    accounts: dict[str, frozenset[str]] = {}
    for each in AuditLog(folder).events():
        if each.event == "signed":
            earlier = accounts.get(each.content, frozenset())
            accounts[each.content] = earlier | {each.account}
    return Seal(key, passphrase, trust, signing_events(folder), accounts)


def files_to_seal(folder: Path) -> list[Path]:
    """The files of the signed cases of a folder, without drafts and corrections."""
    return [path for name in case_names(folder) if _is_signed(path := folder / name)]


def _is_signed(path: Path) -> bool:
    """Whether a case was signed, or cannot be read, which sealing it tells."""
    try:
        return standing_of_file(path, read_bytes(path)).kind in ("signed", "altered")
    except ImrError:
        return True


def seal_case(path: Path, seal: Seal, now: datetime) -> int | None:
    """Seal the signed case in `path`; returns its revision, or None if it is sealed already.

    The caller holds the claim on the case. Raises what `open_signed` raises; CannotSign if the
    reviewer and the organization are not different, or the key does not sign; CannotStore.
    """
    folder = path.parent
    require_private(folder)
    signed = open_signed(path, seal.trust, seal.events)
    if signed.sealed.organization is not None:
        return None
    _require_another(signed, seal)
    statement = seal_statement(signed.sealed.manifest, signed.sealed.reviewer)
    signature = sign(statement, seal.key, SEAL_NAMESPACE, seal.passphrase)
    if says := signature_fault(statement, signature, SEAL_NAMESPACE, seal.trust, now):
        raise CannotSign(f"{path.stem} was not sealed. {says}")
    revision, manifest = signed.signature.revision, signed.signature.manifest

    def write() -> None:
        if not SealedCopies(folder, path.stem).add_seal(revision, signature):
            raise Conflict(f"Another session sealed {path.stem} meanwhile.")

    signer = signer_of(signature, seal.trust, SEAL_NAMESPACE, now)
    step = Unfinished(path.stem, "sealed", revision, manifest, signer)
    take_step(folder, step, write, now)
    return revision


def _require_another(signed: SignedCase, seal: Seal) -> None:
    """Raise CannotSign if whoever signed the case would also seal it."""
    number, manifest = signed.case.number, signed.signature.manifest
    account = account_name()
    if account in seal.accounts.get(manifest, frozenset()):
        raise CannotSign(
            f"{number} was not sealed: the account {account} signed it. Seal it from another "
            "account, as a seal shows that somebody else checked it."
        )
    reviewer = seal.events.signed[number, manifest].signer
    if reviewer == seal.key.principal:
        raise CannotSign(
            f"{number} was not sealed: {reviewer} signed it. Seal it with the key of the "
            "organization."
        )

"""Checks one signature against the keys that a site or a folder trusts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.store.signing.ssh_keygen import check, signer_of

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.store.signing.trust import Trust


def signature_fault(
    text: bytes,
    signature: bytes,
    namespace: str,
    trust: Trust,
    at: datetime,
    signer: str = "",
) -> str:
    """Why `signature` is not a valid signature of `text` at a time; blank if it is valid.

    `signer` is the principal who must have signed; blank for anybody who may sign. Raises
    CannotSign if ssh-keygen cannot be run.
    """
    try:
        principal = signer_of(signature, trust, namespace, at)
    except BadInput as error:
        return str(error)
    if not principal:
        return "The key of the signature may not sign here, or could not at that time."
    if signer and principal != signer:
        return "The list of signers names another person for the key of the signature now."
    return check(text, signature, principal, trust, namespace, at)

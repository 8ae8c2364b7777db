"""Who may sign in a folder, and with which keys that is possible now; for `doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ImrError
from imr_tui.store.safety.programs import is_safe
from imr_tui.store.signing import process
from imr_tui.store.signing.keys import signing_keys
from imr_tui.store.signing.trust import has_signers, load_trust, trust_faults

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.signing.signing_key import SigningKey
    from imr_tui.store.signing.trust import Trust

_NOBODY = "nobody may sign here yet; see `imr-tui help signing-keys`"


class SigningState(NamedTuple):
    """What a report says about signing."""

    signers: str
    """Who may sign: the file, and how many keys are in it."""
    keys: str
    """The keys that can sign now, or why no key can."""
    faults: tuple[str, ...]
    """What is wrong, as sentences."""


def signing_state(
    folder: Folder, host: Host, environ: Mapping[str, str], at: datetime
) -> SigningState:
    """Examine the signers of a folder and the keys of this account; never raises ImrError."""
    if not has_signers(folder, host):
        return SigningState(_NOBODY, "none", ())
    faults = [] if is_safe(process.PROGRAM) else [process.missing()]
    try:
        faults += trust_faults(folder, host)
        trust = load_trust(folder, host)
    except ImrError as error:
        return SigningState("none, because of a fault", "none", tuple(faults) or (str(error),))
    return SigningState(_signers(trust), _keys(folder, host, trust, environ, at), tuple(faults))


def _signers(trust: Trust) -> str:
    count = len(trust.parsed.signers)
    where = "" if trust.is_site else ", for this folder only"
    return f"{count:,} {'key' if count == 1 else 'keys'} in {trust.path}{where}"


def _keys(
    folder: Folder, host: Host, trust: Trust, environ: Mapping[str, str], at: datetime
) -> str:
    try:
        return "; ".join(map(_key, signing_keys(folder, host, trust, environ, at)))
    except ImrError as error:
        return f"none: {error}"


def _key(key: SigningKey) -> str:
    return f"{key.comment} (signs as {key.principal}, {key.public_key.fingerprint})"

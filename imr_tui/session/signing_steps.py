"""The steps in which a session signs its open case; each blocks, and the caller chooses a thread.

What is imported inside the functions is what most sessions, which sign nothing, do without.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError, NotReady
from imr_tui.services.write_letter import preview_as
from imr_tui.session.to_sign import ToSign
from imr_tui.store.config.demo_mark import UNSIGNED, is_demo

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from imr_tui.checks import CheckSetup
    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.services.sign_case import Prepared
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.signing.signing_key import SigningKey
    from imr_tui.store.signing.trust import Trust

Keys = tuple["Trust", tuple["SigningKey", ...]]
"""Whose signatures count, and the keys that can sign."""


def find_keys(folder: Folder, host: Host, now: datetime) -> Keys:
    """Whose signatures count, and the keys that can sign; raises ImrError if none can."""
    if is_demo(folder.path):
        raise NotReady(UNSIGNED)
    from imr_tui.store.signing.keys import signing_keys
    from imr_tui.store.signing.trust import load_trust

    trust = load_trust(folder, host)
    return trust, signing_keys(folder, host, trust, os.environ, now)


def prepare_signature(
    path: Path,
    folder: Folder,
    setup: CheckSetup,
    letterhead: Letterhead,
    keys: tuple[SigningKey, ...],
    now: datetime,
) -> tuple[Prepared, ToSign]:
    """Prepare the case file `path`, and what the reviewer reads; raises ImrError."""
    from imr_tui.services.sign_case import Site, prepare
    from imr_tui.store.audit.log import AuditLog

    site = Site(setup, letterhead, AuditLog(folder.path).head())
    prepared = prepare(path, site, now)
    letter = preview_as(prepared.letter.decode("ascii"), prepared.case, letterhead)
    sign = partial(_signature, prepared.manifest)
    return prepared, ToSign(prepared.statement, letter, keys, sign)


def _signature(
    manifest: bytes, key: SigningKey, passphrase: str, is_stopped: Callable[[], bool]
) -> bytes:
    from imr_tui.signing.manifest import NAMESPACE
    from imr_tui.store.signing.ssh_keygen import sign

    return sign(manifest, key, NAMESPACE, lambda: passphrase, is_stopped)


def write_signed_case(prepared: Prepared, signature: bytes, trust: Trust, now: datetime) -> None:
    """Verify the signature, and write the signed case; raises ImrError."""
    from imr_tui.services.commit_signature import commit

    commit(prepared, signature, trust, now)


def write_its_letter(prepared: Prepared, now: datetime, again: str = "w") -> str:
    """Write the letter that was signed; returns why it could not, or blank.

    `again` is the key or the command that writes it later.
    """
    from imr_tui.services.commit_signature import write_signed_letter

    try:
        write_signed_letter(prepared, now)
    except ImrError as error:
        return f"Its letter is not there yet. {error} Press {again} to try again."
    return ""

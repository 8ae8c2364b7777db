"""Whose signatures count: the site's list of signers, or that of one folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.signing.revoked import revoked_faults
from imr_tui.signing.signers import MAX_BYTES, Signers, read_signers
from imr_tui.store.config.machine_policy import require_root
from imr_tui.store.safety.programs import others_can_replace
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.machine_policy import Host

SIGNERS = "signing/signers"
"""The list of a folder under `.imr`, where the site has none."""
_NOT_CHECKED = "No signature was made or checked."


@dataclass(frozen=True)
class Trust:
    """Whose signatures count, as it was read from the disk once."""

    path: Path
    """The file that names the signers."""
    data: bytes
    """Its content, which ssh-keygen gets as it is here."""
    parsed: Signers
    """What it says, without faults."""
    is_site: bool
    """Whether root named the signers; if not, they count in this folder only."""
    revoked: bytes | None = None
    """The content of the file with revoked keys; None without such a file."""


def load_trust(folder: Folder, host: Host) -> Trust:
    """The signers of the site, or else those of the folder.

    Raises CannotStore for a file that cannot be read; BadInput for one with a fault, for one of
    the site that others than root can change, and if nobody named signers.
    """
    if host.signers:
        path = Path(host.signers)
        data = _site_file(path)
        revoked = _revoked(Path(host.revoked)) if host.revoked else None
        return Trust(path, data, _parsed(path, data), is_site=True, revoked=revoked)
    if not has_signers(folder, host):
        raise BadInput(
            "Nobody may sign here yet. Type `imr-tui sign --init` for a key that counts in "
            f"{folder.path} only, or ask your site for a list of signers."
        )
    path = folder.own(SIGNERS)
    data = read_bytes(path, MAX_BYTES)
    return Trust(path, data, _parsed(path, data), is_site=False)


def has_signers(folder: Folder, host: Host) -> bool:
    """Whether the site or the folder has a list of signers, good or not."""
    return bool(host.signers) or os.path.lexists(folder.own(SIGNERS))


def trust_faults(folder: Folder, host: Host) -> tuple[str, ...]:
    """Everything that is wrong with the files that `load_trust` reads, as sentences.

    Raises CannotStore or BadInput for a file that is not read at all.
    """
    faults: list[str] = []
    if has_signers(folder, host):
        path = Path(host.signers) if host.signers else folder.own(SIGNERS)
        data = _site_file(path) if host.signers else read_bytes(path, MAX_BYTES)
        faults += (f"{path}: {fault}" for fault in read_signers(data).faults)
    if host.revoked:
        revoked = _site_file(Path(host.revoked))
        faults += (f"{host.revoked}: {fault}" for fault in revoked_faults(revoked))
    return tuple(faults)


def _parsed(path: Path, data: bytes) -> Signers:
    signers = read_signers(data)
    if signers.faults:
        rest = len(signers.faults) - 1
        more = f" It has {rest:,} more." if rest else ""
        raise BadInput(
            f"{path} has a fault. {signers.faults[0]}{more} {_NOT_CHECKED} Type `imr-tui doctor` "
            "for all of them."
        )
    return signers


def _revoked(path: Path) -> bytes:
    data = _site_file(path)
    if faults := revoked_faults(data):
        raise BadInput(f"{path} has a fault. {faults[0]} {_NOT_CHECKED}")
    return data


def _site_file(path: Path) -> bytes:
    """The content of a file that only root can change or replace."""
    if os.path.lexists(path):
        require_root(path, _NOT_CHECKED)
        if open_folder := next(filter(others_can_replace, path.parents), None):
            raise BadInput(
                f"Users other than root can change {open_folder}, so {path} does not count. "
                f"{_NOT_CHECKED} Move the file to /etc/imr-tui."
            )
    return read_bytes(path, MAX_BYTES)

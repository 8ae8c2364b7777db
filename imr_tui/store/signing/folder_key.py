"""Makes a key that is trusted in one folder of cases only, where the site names no signers."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, Conflict
from imr_tui.signing.manifest import NAMESPACE
from imr_tui.signing.signers import MAX_BYTES, read_signers
from imr_tui.store.audit.log_write import locked
from imr_tui.store.config.account_folder import account_name, make_account_folder
from imr_tui.store.config.machine_policy import load_host
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing import ssh_keygen
from imr_tui.store.signing.keys import OWN_KEY
from imr_tui.store.signing.signing_key import SigningKey, parse_private
from imr_tui.store.signing.trust import SIGNERS

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.signing.public_key import PublicKey
    from imr_tui.store.cases.folder import Folder

_NEW = "new-key"
"""The folder in which ssh-keygen writes the key, private to the account."""
_HEAD = b"# Who may sign in this folder, made by `imr-tui sign --init`; see ssh-keygen(1).\n"


def create_folder_key(folder: Folder, passphrase: str) -> SigningKey:
    """Make this account's key for a folder, and trust it there; its principal is the account.

    Raises Conflict if it has one; BadInput if the site names the signers, or for a list of the
    folder with a fault; CannotSign, CannotStore. A key that a killed process left without trust
    is trusted now, and keeps its passphrase.
    """
    if signers := load_host().signers:
        raise BadInput(
            f"Your site names who may sign, in {signers}. A key of this folder would not count, "
            "so none was created."
        )
    own = make_account_folder(folder.path)
    path = own / OWN_KEY
    is_new = not os.path.lexists(path)
    if is_new:
        _create(own, path, passphrase)
    public, is_encrypted = parse_private(read_bytes(path))
    if not _trust(folder, public) and not is_new:
        raise Conflict(f"You already have a key for {folder.path}: {path}. Nothing was changed.")
    return SigningKey(public, path.name, account_name(), path.absolute(), is_encrypted)


def _create(own: Path, path: Path, passphrase: str) -> None:
    """Let ssh-keygen make a key, and keep it at `path`; raises CannotSign, CannotStore."""
    new = own / _NEW
    _remove(new)
    atomic.make_folder(new)
    try:
        ssh_keygen.create_key(new / OWN_KEY, passphrase, f"{account_name()}, imr-tui")
        # The public part first: the private key without it would do, too.
        for name in (f"{OWN_KEY}.pub", OWN_KEY):
            atomic.create(own / name, read_bytes(new / name))
    finally:
        _remove(new)


def _remove(new: Path) -> None:
    """Remove the folder of a new key, which a killed process may have left."""
    with suppress(OSError):
        for name in (OWN_KEY, f"{OWN_KEY}.pub"):
            with suppress(FileNotFoundError):
                safe_open.unlink(new / name)
        with safe_open.opened(new.parent) as above:
            os.rmdir(new.name, dir_fd=above)


def _trust(folder: Folder, key: PublicKey) -> bool:
    """Add a key to the folder's signers; False if it is there. Raises BadInput, CannotStore."""
    path = folder.own(SIGNERS)
    atomic.make_folders(path.parent, folder.path)
    with locked(path.parent):
        data = read_bytes(path, MAX_BYTES) if os.path.lexists(path) else _HEAD
        signers = read_signers(data)
        if signers.faults:
            raise BadInput(
                f"{path} has a fault. {signers.faults[0]} Correct it, then type "
                "`imr-tui sign --init` again."
            )
        if any(key == signer.key for signer in signers.signers):
            return False
        start = data if data.endswith(b"\n") else data + b"\n"
        line = f'{account_name()} namespaces="{NAMESPACE}" {key.line}\n'
        atomic.write(path, start + line.encode())
    return True

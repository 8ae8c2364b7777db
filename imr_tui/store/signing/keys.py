"""Which keys can sign now: those of the agent, or in a file, that the trust knows."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, CannotSign, CannotStore, ImrError
from imr_tui.signing.manifest import NAMESPACE
from imr_tui.signing.public_key import PublicKey, parse_line
from imr_tui.store.config.account_folder import account_file
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing import signing_key
from imr_tui.store.signing.agent import agent_keys
from imr_tui.store.signing.signing_key import SigningKey, parse_private
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.signing.trust import Trust

OWN_KEY = "signing-key"
"""The private key that `imr-tui sign --init` makes, in the account's folder."""
SOCKET = "SSH_AUTH_SOCK"
"""The variable that names the agent's socket."""
_MAX_COMMENT = 100
"""Characters of a comment that are kept."""


def signing_keys(
    folder: Folder,
    host: Host,
    trust: Trust,
    environ: Mapping[str, str],
    at: datetime,
    namespace: str = NAMESPACE,
) -> tuple[SigningKey, ...]:
    """The keys that can sign `at` this time, at least one; raises CannotSign with the reason."""
    keys: Iterable[SigningKey]
    if not trust.is_site:
        keys = (_file_key(account_file(folder.path, OWN_KEY), "`imr-tui sign --init` makes one."),)
    elif host.sign_with == "agent":
        keys = _agent_keys(environ)
    elif host.sign_with == "file":
        keys = (_file_key(_key_path(host), "Ask your site for a key."),)
    else:
        raise CannotSign(
            "Your site keeps private keys elsewhere. Type `imr-tui sign CASE --manifest -`, and "
            "sign its output there. Then attach the signature with `--attach FILE.sig`."
        )
    return _trusted(tuple(keys), trust, at, namespace)


def key_in_file(path: Path, trust: Trust, at: datetime, namespace: str) -> SigningKey:
    """The key in a file that the user names; raises CannotSign if it cannot sign `at` this time."""
    return _trusted((_file_key(path, "Name another file."),), trust, at, namespace)[0]


def _trusted(
    keys: tuple[SigningKey, ...], trust: Trust, at: datetime, namespace: str
) -> tuple[SigningKey, ...]:
    """Those of the keys that the trust knows, at least one; raises CannotSign."""
    names = (trust.parsed.principal_of(key.public_key, namespace, at) for key in keys)
    known = (key._replace(principal=name) for key, name in zip(keys, names, strict=True))
    found = tuple(key for key in known if key.principal)
    if not found:
        raise CannotSign(_unknown(keys, trust))
    return found


def _agent_keys(environ: Mapping[str, str]) -> Iterable[SigningKey]:
    path = environ.get(SOCKET, "")
    if not path:
        raise CannotSign(
            "There is no SSH agent. Log in again with `ssh -A`; the server must allow agent "
            "forwarding. See `imr-tui help signing-keys`."
        )
    agent = Path(path)
    return (SigningKey(key, comment, "", agent=agent) for key, comment in agent_keys(agent))


def _key_path(host: Host) -> Path:
    if not host.sign_key:
        raise CannotSign("The settings of this machine name no `sign_key`. Ask your site for it.")
    if host.sign_key.startswith("~/"):
        # Not by HOME, which is not the account's to set in restricted mode.
        return Path(pwd.getpwuid(os.getuid()).pw_dir, host.sign_key[2:])
    return Path(host.sign_key)


def _file_key(path: Path, way_out: str) -> SigningKey:
    """The key in a file, with its certificate if one is beside it; raises CannotSign."""
    path = path.absolute()
    if not os.path.lexists(path):
        raise CannotSign(f"You have no key to sign with: {path} is missing. {way_out}")
    try:
        plain, is_encrypted = parse_private(read_bytes(path, signing_key.MAX_BYTES))
        if plain.is_hardware:
            raise BadInput("It belongs to a security key. Use an agent for it.")
        public, comment = _beside(path, plain)
    except BadInput as error:
        raise CannotSign(f"{path} cannot be used. {error}") from error
    except CannotStore as error:
        raise CannotSign(str(error)) from error
    return SigningKey(public, comment, "", path=path, is_encrypted=is_encrypted)


def _beside(path: Path, plain: PublicKey) -> tuple[PublicKey, str]:
    """The certificate or public key in the file beside a private key, and its comment."""
    for suffix in ("-cert.pub", ".pub"):
        try:
            data = read_bytes(path.with_name(path.name + suffix), signing_key.MAX_BYTES)
            kind, encoded, *comment = data.decode("utf-8").strip().split(" ", 2)
            key = parse_line(f"{kind} {encoded}")
        except (ImrError, ValueError):
            continue
        if key.plain == plain:
            return key, clean_line(" ".join(comment))[:_MAX_COMMENT]
    return plain, path.name


def _unknown(keys: tuple[SigningKey, ...], trust: Trust) -> str:
    """Why none of the keys counts."""
    if not keys:
        return "Your SSH agent has no key. Add one with `ssh-add` on your own machine."
    shown = keys[0].public_key.fingerprint
    these = f"The key {shown} is not" if len(keys) == 1 else f"None of your {len(keys)} keys is"
    return f"{these} among the signers in {trust.path} now. Ask your site which key to use."

"""Signs, checks signatures and makes keys with the ssh-keygen of the system."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, CannotSign, WrongPassphrase
from imr_tui.signing.armour import parse_signature
from imr_tui.store.signing.process import run
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from imr_tui.store.signing.process import Finished
    from imr_tui.store.signing.signing_key import SigningKey
    from imr_tui.store.signing.trust import Trust

CHECK_SECONDS = 10.0
"""After so long a check is stopped."""
SIGN_SECONDS = 60.0
"""After so long signing is stopped; an agent may ask its owner, or wait for a touch."""
MAX_PASSPHRASE = 1_000
"""Bytes of a passphrase; ssh-keygen reads 1,023."""
_SHOWN = 160
"""Characters of ssh-keygen's own words that are shown."""
_FAILED = "The signature is not right for this text and key"


def signer_of(signature: bytes, trust: Trust, namespace: str, at: datetime) -> str:
    """The principal whose key a signature names, unchecked; blank if trust knows none.

    Raises BadInput for a signature that is not written as ssh-keygen does it.
    """
    key = parse_signature(signature).public_key
    return trust.parsed.principal_of(key, namespace, at)


def check(
    text: bytes, signature: bytes, principal: str, trust: Trust, namespace: str, at: datetime
) -> str:
    """Why a signature of `text` does not count, as a sentence; blank if it is good.

    It must be `principal`'s, for this namespace, with a key that `trust` knew `at` that time and
    that is not revoked. The sentence names no signer, since results of `imr-tui verify` may be
    passed on. Raises CannotSign if ssh-keygen cannot be run.
    """
    try:
        found = parse_signature(signature)
    except BadInput as error:
        return str(error)
    if found.namespace != namespace:
        return f"The signature is for {found.namespace}, not for {namespace}."
    known = trust.parsed.principal_of(found.public_key, namespace, at)
    if not known:
        return "The key of the signature was not among the signers at that time."
    if known != principal:
        return "The signature is that of another signer."
    done = _verify(text, signature, principal, trust, namespace, at)
    if done.code == 0:
        return ""
    # ssh-keygen does not say whether the key is revoked.
    if trust.revoked is not None:
        unrevoked = replace(trust, revoked=None)
        if _verify(text, signature, principal, unrevoked, namespace, at).code == 0:
            return "The key of the signature is revoked."
    return f"{_FAILED}{_quoted(done.says)}"


def sign(
    text: bytes,
    key: SigningKey,
    namespace: str,
    passphrase: Callable[[], str] | None = None,
    is_stopped: Callable[[], bool] | None = None,
) -> bytes:
    """Sign `text`; raises CannotSign, and WrongPassphrase if only that was the fault.

    `passphrase` is called if the key is in a file that has one. The key of an agent is used
    through that agent only. It is given up once `is_stopped` returns True.
    """
    # ssh-keygen finds the private key of a certificate by the name of its file.
    suffix = "-cert.pub" if key.public_key.is_certificate else ""
    file = f"{key.path}{suffix}" if key.path else f"{key.public_key.line}\n".encode()
    variables = {"SSH_AUTH_SOCK": str(key.agent)} if key.agent else {}
    # It reads the passphrase from there up to the line break, as it has no terminal.
    first = _passphrase_line(passphrase() if passphrase else "") if key.is_encrypted else b""
    done = run(
        ["-Y", "sign", "-n", namespace, "-f", file],
        first + text,
        SIGN_SECONDS,
        variables=variables,
        is_stopped=is_stopped,
    )
    if done.code != 0 or not done.output:
        raise _refused(done, key)
    _require(done.output, key, namespace)
    return done.output


def create_key(file: Path, passphrase: str, comment: str) -> None:
    """Write a new Ed25519 key to `file`, and its public part beside it; raises CannotSign.

    The folder must be private, and `file` must not exist. A blank passphrase protects nothing.
    """
    line = _passphrase_line(passphrase)
    done = run(
        ["-q", "-t", "ed25519", "-C", comment, "-f", str(file.absolute())],
        line + line,
        SIGN_SECONDS,
    )
    if done.code != 0:
        raise CannotSign(f"ssh-keygen did not create a key{_quoted(done.says)}")


def _verify(
    text: bytes, signature: bytes, principal: str, trust: Trust, namespace: str, at: datetime
) -> Finished:
    options: list[str | bytes] = ["-Y", "verify", "-n", namespace, "-I", principal]
    options += ["-O", f"verify-time={at.astimezone(UTC):%Y%m%d%H%M%S}"]
    options += ["-f", trust.data, "-s", signature]
    if trust.revoked is not None:
        options += ["-r", trust.revoked]
    return run(options, text, CHECK_SECONDS)


def _passphrase_line(passphrase: str) -> bytes:
    """What ssh-keygen reads as a passphrase; raises CannotSign if it would read something else."""
    data = passphrase.encode()
    if len(data) > MAX_PASSPHRASE or not passphrase.isprintable():
        raise CannotSign(
            f"A passphrase has at most {MAX_PASSPHRASE:,} bytes, and no control characters. "
            "Nothing was signed."
        )
    return data + b"\n"


def _refused(done: Finished, key: SigningKey) -> CannotSign:
    if "incorrect passphrase" in done.says:
        return WrongPassphrase("The passphrase is wrong. Nothing was signed. Type it again.")
    if "agent refused" in done.says:
        return CannotSign(
            "The agent refused to sign. Nothing was signed. Check that it still has the key, and "
            "confirm the signature where the agent runs."
        )
    if key.agent and "No private key" in done.says:
        return CannotSign(
            "Your SSH agent no longer has the key. Nothing was signed. Add it with `ssh-add`."
        )
    if "UNPROTECTED" in done.says:
        return CannotSign(
            f"Other users can read {key.path}. Nothing was signed. Type `chmod 600 {key.path}`."
        )
    where = "with the agent" if key.agent else f"with {key.path}"
    return CannotSign(f"ssh-keygen did not sign {where}. Nothing was signed{_quoted(done.says)}")


def _require(signature: bytes, key: SigningKey, namespace: str) -> None:
    """Check that a signature is with this key and for this purpose; raises CannotSign."""
    try:
        found = parse_signature(signature)
    except BadInput as error:
        raise CannotSign(f"{error} Nothing was signed.") from error
    if found.public_key != key.public_key or found.namespace != namespace:
        raise CannotSign("ssh-keygen signed with another key. Its signature was not kept.")


def _quoted(says: str) -> str:
    """The end of a sentence, and what ssh-keygen wrote."""
    words = clean_line(says.strip().rpartition("\n")[2])[:_SHOWN].rstrip(".\r ")
    return f". ssh-keygen says: {words}." if words else "."

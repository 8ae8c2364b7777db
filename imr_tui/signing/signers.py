"""The file that names who may sign: the allowed signers of ssh-keygen(1), read strictly.

ssh-keygen skips a line that it cannot read without a word, and lets one key stand for two people.
A file with such a fault is refused as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.signing.signer_line import Signer, parse_signer

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.signing.public_key import PublicKey

MAX_BYTES = 2_000_000
"""A larger file is refused unread."""


class Signers(NamedTuple):
    """Who may sign."""

    signers: tuple[Signer, ...]
    """The lines of the file that could be read."""
    faults: tuple[str, ...] = ()
    """What is wrong with the file, as sentences; with any, nobody in it may sign."""

    def principal_of(self, key: PublicKey, namespace: str, at: datetime) -> str:
        """Who signs with a key or certificate for a purpose at a time; blank if nobody may."""
        if self.faults:
            return ""
        names = (signer.principal_of(key, namespace, at) for signer in self.signers)
        return next(filter(None, names), "")


def read_signers(data: bytes) -> Signers:
    """Read a file of allowed signers; never raises, see `Signers.faults`."""
    if len(data) > MAX_BYTES:
        return Signers((), (f"The file has more than {MAX_BYTES:,} bytes.",))
    signers: list[Signer] = []
    faults: list[str] = []
    lines_of_keys: dict[bytes, int] = {}
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            signer = parse_signer(line)
        except BadInput as error:
            faults.append(f"Line {number}: {error}")
            continue
        if signer is None:
            continue
        first = lines_of_keys.setdefault(signer.key.blob, number)
        if first != number:
            faults.append(f"Line {number}: The key is also on line {first}. Remove one of them.")
        signers.append(signer)
    return Signers(tuple(signers), tuple(faults))

"""The file with revoked keys: ssh-keygen skips a line that it cannot read, and revokes nothing."""

from __future__ import annotations

from imr_tui.errors import BadInput
from imr_tui.signing.public_key import parse_line

_KRL = b"SSHKRL\n\0"
"""The beginning of a binary revocation list (PROTOCOL.krl), which ssh-keygen reads or refuses."""


def revoked_faults(data: bytes) -> tuple[str, ...]:
    """What is wrong with a file of revoked keys, as sentences."""
    if data.startswith(_KRL):
        return ()
    faults = (_fault(line) for line in data.split(b"\n"))
    return tuple(f"Line {number}: {says}" for number, says in enumerate(faults, 1) if says)


def _fault(line: bytes) -> str:
    try:
        text = line.decode("utf-8").strip(" \t")
        if text and not text.startswith("#"):
            parse_line(" ".join(text.split(" ")[:2]))
    except UnicodeDecodeError:
        return "It is not UTF-8 text."
    except BadInput as error:
        return str(error)
    return ""

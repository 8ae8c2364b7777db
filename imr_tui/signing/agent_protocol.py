"""The request for the keys of an SSH agent, and its reply (draft-ietf-sshm-ssh-agent)."""

from __future__ import annotations

import struct
from typing import NamedTuple

from imr_tui.errors import BadInput
from imr_tui.signing.public_key import PublicKey, parse_blob
from imr_tui.signing.wire import Wire
from imr_tui.text.sanitize import clean_line

_REQUEST_IDENTITIES, _IDENTITIES_ANSWER = 11, 12
"""Message numbers."""
REQUEST = struct.pack(">IB", 1, _REQUEST_IDENTITIES)
"""Asks for all keys."""
LENGTH_BYTES = 4
"""Bytes of the length in front of a message."""
MAX_REPLY = 262_144
"""Bytes of a reply; OpenSSH sends no longer ones."""
_MAX_COMMENT = 100
"""Characters of a comment that are kept."""


class AgentKey(NamedTuple):
    """A key that an agent has."""

    public_key: PublicKey
    """The key or certificate."""
    comment: str
    """What its owner calls it, safe to display."""


def reply_length(header: bytes) -> int:
    """The length of the reply that follows; raises BadInput if it is too long."""
    length = int.from_bytes(header)
    if not 0 < length <= MAX_REPLY:
        raise BadInput("The agent's reply has no valid length.")
    return length


def parse_reply(data: bytes) -> tuple[AgentKey, ...]:
    """The keys in a reply, without those that imr-tui does not accept; raises BadInput."""
    wire = Wire(data, "agent's reply")
    if wire.take(1)[0] != _IDENTITIES_ANSWER:
        raise BadInput("The agent did not list its keys.")
    keys: list[AgentKey] = []
    for _ in range(wire.uint32()):
        blob, comment = wire.string(), wire.string()
        try:
            key = parse_blob(blob)
        except BadInput:
            # A key of another type, such as DSA.
            continue
        text = clean_line(comment.decode("utf-8", "backslashreplace"))
        keys.append(AgentKey(key, text[:_MAX_COMMENT]))
    wire.expect_end()
    return tuple(keys)

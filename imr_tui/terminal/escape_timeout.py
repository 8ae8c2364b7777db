"""How long a lone Esc may still be the start of a sequence."""

from collections.abc import Mapping

ESCAPE_SECONDS = 0.1
"""The timeout of a terminal on this machine."""
ESCAPE_OVER_SSH_SECONDS = 0.3
"""The same over SSH, where packets can split a sequence."""


def escape_seconds(environment: Mapping[str, str]) -> float:
    """The Esc timeout in seconds: ESCDELAY (in milliseconds) if set, else by connection."""
    said = environment.get("ESCDELAY", "")
    if said.isdecimal() and len(said) < 5:
        return min(max(int(said), 25), 1000) / 1000
    is_far = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
    return ESCAPE_OVER_SSH_SECONDS if is_far else ESCAPE_SECONDS

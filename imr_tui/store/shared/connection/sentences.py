"""What a reviewer reads if a server of the shared store cannot be used."""

from __future__ import annotations

from imr_tui.errors import Unreachable

STILL_WORKS = "Your own folder still works; its texts are sent later."
"""What was kept, and what to do, while the shared store cannot be used."""


def unreachable(server: str, why: str) -> Unreachable:
    """The error for a server, named `host:port`, that cannot be used now."""
    return Unreachable(f"The shared store on {server} {why}. {STILL_WORKS}")


def timed_out(server: str, seconds: float) -> Unreachable:
    """The error for a server that was silent for `seconds`."""
    return unreachable(server, f"did not answer within {seconds:.3g} seconds")

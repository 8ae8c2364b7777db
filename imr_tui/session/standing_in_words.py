"""What is said about a case that is signed, was changed since then, or is closed."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.signing.standing import Standing

ALTERED = "CHANGED SINCE SIGNED"
"""The state in the first line of a case that was changed after it was signed."""
CLOSED = "CLOSED"
"""The beginning of the state of a case that the organization closed."""


def header(standing: Standing, zone: tzinfo | None) -> str:
    """The state in the first line, such as `SIGNED 2026-11-29`; blank for one that can be edited.

    The day is the one in `zone`.
    """
    if standing.kind == "signed":
        return f"SIGNED {datetime.fromisoformat(standing.at).astimezone(zone):%Y-%m-%d}"
    if standing.kind == "closed":
        return f"{CLOSED}: {standing.closed}" if standing.closed else CLOSED
    return ALTERED if standing.kind == "altered" else ""


def draft_header(read_only: str, held_by: Holder | None) -> str:
    """The state in the first line of a draft that was opened.

    `read_only` is why it cannot be changed, and `held_by` the session that keeps it so.
    """
    if not read_only:
        return "Saved"
    return f"READ ONLY: {held_by}" if held_by else "READ ONLY"


def why_read_only(standing: Standing, zone: tzinfo | None) -> str:
    """Why nothing can be changed, on one line; blank for a case that can be edited."""
    if standing.kind == "signed":
        return f"{header(standing, zone)}: read-only. `imr-tui correct` corrects printed words."
    if standing.kind == "altered":
        return f"{ALTERED}. See `imr-tui verify` and `imr-tui sign --restore`."
    if standing.kind == "closed":
        return f"{CLOSED}: read-only. {standing.says}"
    return ""


def warning(standing: Standing, number: str) -> str:
    """What to do about a case that was changed after it was signed, or is closed; else blank."""
    if standing.kind == "closed":
        return f"{number} is closed. {standing.says} It can only be read, and all text is kept."
    if standing.kind != "altered":
        return ""
    return (
        f"{number} was signed. {standing.says} It can only be read. `imr-tui verify` says what "
        "differs. `imr-tui sign --restore` restores the signed text and keeps this one as a "
        "version."
    )

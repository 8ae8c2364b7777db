"""Saves pending edits when a session ends; from any thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from imr_tui.store.recovery.handover import offer

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.session.audit import Audit
    from imr_tui.session.claim_monitor import ClaimMonitor
    from imr_tui.session.open_case import OpenCase
    from imr_tui.session.open_drafts import OpenDrafts
    from imr_tui.session.resume_points import ResumePoints


def save_pending(
    session: OpenCase | None,
    drafts: OpenDrafts,
    audit: Audit,
    resume_points: ResumePoints,
    seconds: float,
) -> bool:
    """Save edits and drafts within so many seconds; whether they are saved, in any place."""
    until = time.monotonic() + seconds
    is_saved = True
    if session is not None:
        # On the saver's thread, so that a disk that hangs costs no more than these seconds.
        session.then(resume_points.keep)
        audit.note_edits()
        is_saved = session.flush(seconds, or_kept=True)
    if is_saved:
        drafts.settle()
    return drafts.flush(max(until - time.monotonic(), 0)) and is_saved


def wait_kept(session: OpenCase | None, drafts: OpenDrafts, seconds: float) -> bool:
    """Wait at most so long until the text is saved, in any place; whether it is."""
    until = time.monotonic() + seconds
    is_kept = session is None or session.flush(seconds, or_kept=True)
    return drafts.flush(max(until - time.monotonic(), 0)) and is_kept


def offer_text(folder: Path, session: OpenCase | None, monitor: ClaimMonitor | None) -> None:
    """Offer the text to the next start; returns once that has it."""
    if session is not None and monitor is not None:
        offer(folder, session.text, monitor.release)

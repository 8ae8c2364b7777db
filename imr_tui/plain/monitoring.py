"""Makes the saver of a case that is opened, and the threads that watch what others do to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.plain.reports import SaveReport, ShareReport
from imr_tui.store.recovery.keeper import Keeper

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession
    from imr_tui.session.claim_monitor import ClaimMonitor
    from imr_tui.session.intake_monitor import IntakeMonitor
    from imr_tui.session.open_case import OpenCase
    from imr_tui.session.opening import Opened


class Watched(NamedTuple):
    """A case that is open, and what watches it."""

    case: OpenCase
    """The case."""
    monitor: ClaimMonitor
    """Watches other sessions and programs; holds the claim."""
    intake: IntakeMonitor
    """Watches what the organization sends."""


def watch(session: PlainSession, opened: Opened) -> Watched:
    """Make the saver and the monitors of a case; they report to the session."""
    # Load pydantic, which the worklist does without.
    from imr_tui.session.claim_monitor import ClaimMonitor
    from imr_tui.session.intake_monitor import IntakeMonitor
    from imr_tui.session.open_case import OpenCase

    file, claim, report = opened.file, opened.claim, session.reports.put
    journal = opened.kept.journal if opened.kept is not None else None
    case = OpenCase(
        file,
        lambda error: report(SaveReport(error)),
        Keeper(file, session.host.rescue, journal),
        writes=claim is not None,
        why_refused=opened.why_refused,
        saved=session.sharing.sender(claim),
    )
    intake = IntakeMonitor(file.path.parent, file.case.number, report)
    polls = session.resume_points.keep, intake.look
    parts = case.let_go, case.save_aside
    monitor = ClaimMonitor(file, session.claims, claim, report, *parts, *polls)
    shared = partial(report, ShareReport())
    session.sharing.follow(file.case.number, claim, session.now, shared)
    return Watched(case, monitor, intake)

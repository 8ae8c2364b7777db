"""Checks the audit log of a folder: that no event was changed, and none removed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ImrError
from imr_tui.store.audit.anchor import Noted, account_heads, noted
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.audit.log_files import log_folder
from imr_tui.store.config.machine_policy import load_host

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from imr_tui.signing.event_chain import Chain
    from imr_tui.signing.head import Head

SIGNED = "a signed case"
"""What notes the heads that manifests name."""


class LogReport(NamedTuple):
    """The result of a check of an audit log."""

    head: Head | None
    """The last event; None for a log without events."""
    faults: tuple[str, ...]
    """What is wrong, as sentences; none if the log is as it was written."""
    unproved_from: int | None
    """The first event that nothing outside of the folder proves; None if all are proved.

    Proof is a signed manifest, or a file that only root can change.
    """


def check_log(
    folder: Path, signed: Collection[Head] = (), proof: Sequence[Noted] = ()
) -> LogReport:
    """Check the log of `folder`.

    `signed` are the heads that valid manifests name, and `proof` heads from elsewhere. Faults
    name the file and line, or what shows that events are missing. Raises CannotStore if the log
    cannot be read.
    """
    known = [*(Noted(head, SIGNED, is_proof=True) for head in signed), *proof]
    faults = []
    try:
        known += noted(folder, load_host())
    except ImrError as error:
        faults.append(str(error))
    chain = AuditLog(folder).check([each.head for each in known])
    faults += [*chain.faults, *_losses(folder, chain, known)]
    return LogReport(chain.head, tuple(faults), _unproved_from(chain, known))


def log_faults(folder: Path) -> tuple[str, ...]:
    """The faults of the log of `folder`, also that it cannot be read."""
    try:
        return check_log(folder).faults
    except ImrError as error:
        return (str(error),)


def log_state(folder: Path) -> str:
    """How many events the log of `folder` has, and what notes its head outside of the folder."""
    try:
        head, host = AuditLog(folder).head(), load_host()
        places = [str(account_heads(folder))] if os.path.lexists(account_heads(folder)) else []
    except ImrError:
        return "cannot be checked"
    places += ["the system log"] if host.log_to_syslog else []
    where = f"the last one is noted in {' and '.join(places)}" if places else "noted nowhere else"
    return f"{head.seq:,} event{'s' * (head.seq > 1)}; {where}" if head else "no events"


def unproved(report: LogReport) -> str:
    """From which event on nothing outside of the folder proves the log, or blank."""
    if report.unproved_from is None:
        return ""
    return (
        f"Nothing outside of this folder proves events {report.unproved_from} and later. "
        "`imr-tui help audit` tells how a site can prove them."
    )


def _losses(folder: Path, chain: Chain, known: Sequence[Noted]) -> Iterator[str]:
    """What each place that noted heads says about events that are missing now."""
    missing, end = set(chain.missing), chain.head.seq if chain.head else 0
    last: dict[str, Head] = {}
    for each in known:
        if each.head in missing:
            last[each.where] = max(each.head, last.get(each.where, each.head))
    for where, head in last.items():
        says = _loss(head, where, end, log_folder(folder))
        is_ours = where == str(_account_heads(folder))
        yield f"{says} If you restored a backup yourself, delete {where}." if is_ours else says


def _loss(head: Head, where: str, end: int, log: Path) -> str:
    if head.seq > end:
        return (
            f"{log} ends with event {end}, but event {head.seq} is noted in {where}. "
            "Events were removed, or an earlier state of the folder was restored."
        )
    return (
        f"Event {head.seq} in {log} is not the one that is noted in {where}. "
        "The log was changed, or events were removed and others recorded since."
    )


def _account_heads(folder: Path) -> Path | None:
    try:
        return account_heads(folder)
    except ImrError:
        return None


def _unproved_from(chain: Chain, known: Sequence[Noted]) -> int | None:
    if chain.head is None:
        return None
    missing = set(chain.missing)
    proved = [each.head.seq for each in known if each.is_proof and each.head not in missing]
    first = max(proved, default=0) + 1
    return first if first <= chain.head.seq else None

"""Records what commands and the app did in the audit log of a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.signing.digest import sha256
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from imr_tui.signing.events import EventName
    from imr_tui.signing.head import Head
    from imr_tui.store.audit.log import Occurrence


def record(
    folder: Path,
    case: str,
    event: EventName,
    fields: Sequence[str] = (),
    content: str = "",
    *,
    now: datetime,
    signer: str = "",
) -> Head | None:
    """Add an event to the log of `folder`, as AuditLog.append does, and return its head.

    Does nothing and returns None in a folder that this account may only read. Raises
    CannotStore.
    """
    if not _is_writable(folder):
        return None
    return AuditLog(folder).append(case, event, fields, content, now=now, signer=signer)


def record_all_or_tell(
    folder: Path, happened: Sequence[Occurrence], *, now: datetime
) -> tuple[str, ...]:
    """Like `record_or_tell`, for several events at once, which cost as much as one."""
    try:
        if happened and _is_writable(folder):
            AuditLog(folder).append_all(happened, now=now)
    except ImrError as error:
        return (f"The audit log does not have this: {error}",)
    return ()


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def record_or_tell(
    folder: Path,
    case: str,
    event: EventName,
    fields: Sequence[str] = (),
    content: str = "",
    *,
    now: datetime,
) -> tuple[str, ...]:
    """Like `record`, for what is done already: returns a warning if it cannot be recorded."""
    try:
        record(folder, case, event, fields, content, now=now)
    except ImrError as error:
        return (f"The audit log does not have this: {error}",)
    return ()


def record_of_case(
    path: Path, event: EventName, fields: Sequence[str] = (), *, now: datetime
) -> tuple[str, ...]:
    """Like `record_or_tell`, for the case file at `path` as it is now."""
    return record_or_tell(path.parent, path.stem, event, fields, content_of(path), now=now)


def content_of(path: Path) -> str:
    """The SHA-256 of a case file for an event; blank if it cannot be read."""
    try:
        return sha256(read_bytes(path))
    except ImrError:
        return ""

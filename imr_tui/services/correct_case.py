"""Begins a correction of a signed determination, whose signed revision stays in place."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.model.signature import Correction
from imr_tui.services.commit_signature import take_step
from imr_tui.services.signed_case import open_signed, required_text
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.history.replaced import replace_unchanged
from imr_tui.store.safety.folder_privacy import require_private
from imr_tui.store.signing.unfinished import Unfinished

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from imr_tui.store.signing.trust import Trust


def begin_correction(path: Path, reason: str, trust: Trust, now: datetime) -> Correction:
    """Make the signed case in `path` editable again, for a correction of its printed words.

    The caller holds the claim on the case. Raises what `open_signed` raises; BadInput for a blank
    reason; ChangedElsewhere if another program wrote the file meanwhile; CannotStore.
    """
    folder, reason = path.parent, required_text(reason, "The reason for a correction")
    require_private(folder)
    signed = open_signed(path, trust)
    correction = Correction(
        revision=signed.signature.revision,
        manifest=signed.signature.manifest,
        reason=reason,
        at=now.astimezone(UTC).replace(microsecond=0),
    )
    text = encode(signed.case.but(signature=None, correction=correction))
    step = Unfinished(
        signed.case.number, "correction begun", correction.revision, correction.manifest
    )
    take_step(folder, step, partial(replace_unchanged, path, signed.read, text), now)
    return correction

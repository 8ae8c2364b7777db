"""What a case file says about its signature, a correction of it, or the review that it repeats."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from imr_tui.model.limits import MAX_REVISION
from imr_tui.model.value import Line, Number, Value

_Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Revision = Annotated[int, Field(ge=1, le=MAX_REVISION)]


class Signature(Value):
    """Which signed manifest belongs to a case; a case that has one is read-only."""

    revision: _Revision
    """The revision, which names the folder of the manifest and its signature."""
    manifest: _Sha256
    """The SHA-256 of the manifest."""
    at: AwareDatetime
    """When the reviewer signed, in UTC."""


class Correction(Value):
    """A signed case whose printed words are being corrected; dropped when it is signed again."""

    revision: _Revision
    """The signed revision that is being corrected, which stays in place."""
    manifest: _Sha256
    """The SHA-256 of its manifest."""
    reason: Line
    """Why it is corrected."""
    at: AwareDatetime
    """When the correction was begun, in UTC."""


class Rereview(Value):
    """The determination that a new review replaces (Labor Code 4610.6(i))."""

    case: Number
    """The number of the case that was reviewed before."""
    manifest: _Sha256
    """The SHA-256 of the manifest of that determination."""
    ordered: date
    """The date of the order for a new review."""
    facts: Line
    """The facts that the order found wrong."""

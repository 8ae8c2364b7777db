"""Says which signed determination a case corrects or reviews again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.model.case import Case


def origin(case: Case) -> Iterator[str]:
    """A line with the order and the facts for a re-review, one with the reason for a correction."""
    if again := case.rereview:
        yield f"Re-review of {again.case}, ordered {again.ordered}: {again.facts}"
    if correction := case.correction:
        yield f"Correction of revision {correction.revision}: {correction.reason}"

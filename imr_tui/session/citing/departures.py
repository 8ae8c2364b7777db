"""The choices of a reviewer who cites a source outside the MTUS (8 CCR 9792.21.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain.standards import SEQUENCE

if TYPE_CHECKING:
    from imr_tui.model.limits import Departure

REASONS: dict[Departure, str] = {
    "silent": "The MTUS does not address this condition or injury",
    "rebutted": "The MTUS addresses it, but its presumption is rebutted",
}
"""The reasons for not following the MTUS, in words."""
PLACES = {
    "end": "Add it to the end of the rationale",
    "beginning": "Add it to the beginning of the rationale",
}
"""Where the sentence goes that states the reason."""
ASKS = "You cite a source outside the MTUS. The letter must state why."
"""Why a reason is asked for."""
ORDER = f"Order of search: {'; '.join(SEQUENCE)}."
"""The order in which sources are searched."""

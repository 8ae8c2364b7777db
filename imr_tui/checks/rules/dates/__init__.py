"""Rules on dates and time limits."""

from imr_tui.checks.rules.dates import (
    claim_length,
    date_order,
    dates,
    due,
    event_order,
)

__all__ = ["claim_length", "date_order", "dates", "due", "event_order"]

"""The ids of the widgets that fields are edited in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.stages import Place


def widget_id(place: Place) -> str:
    """The id of the widget that shows a field: its path, as far as ids can hold it."""
    return place.field.partition("[")[0].replace(".", "-")

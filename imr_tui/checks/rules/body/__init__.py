"""Rules on body regions, sides and levels of the spine."""

from imr_tui.checks.rules.body import (
    parts,
    regions,
    sides,
    spinal_levels,
    stray_regions,
)

__all__ = ["parts", "regions", "sides", "spinal_levels", "stray_regions"]

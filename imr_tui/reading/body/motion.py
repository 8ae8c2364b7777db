"""Finds angles of a joint that are larger than any joint of that kind reaches."""

from collections.abc import Iterator
from functools import lru_cache

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

_MOST: dict[str, dict[str, int]] = {
    "knee": {"flexion": 165, "extension": 45, "": 165},
    "elbow": {"flexion": 165, "": 165},
    "shoulder": {"flexion": 190, "abduction": 190, "extension": 90, "rotation": 120, "": 190},
    "wrist": {"flexion": 110, "extension": 100, "": 110},
    "hip": {"flexion": 150, "extension": 60, "abduction": 90, "rotation": 90, "": 150},
    "ankle": {"dorsiflexion": 60, "flexion": 80, "": 80},
    "cervical": {"flexion": 100, "extension": 100, "rotation": 110, "": 110},
    "lumbar": {"flexion": 130, "extension": 70, "rotation": 90, "": 130},
}
"""The most degrees of each joint in a motion, or in any; generous, so that only slips exceed it."""
_JOINT = r"(?P<joint>knee|elbow|shoulder|wrist|hip|ankle|cervical|lumbar)"
_MOTION = r"(?P<motion>dorsiflexion|flexion|extension|abduction|rotation)"
_ANGLE = r"(?P<angle>\d{2,3})[\s-]?degrees\b"
_GAP = r"(?:(?: [a-z][a-z-]*| \d{1,3}(?= to\b)){0,5}?) "
_JOINT_FIRST = LazyPattern(rf"\b{_JOINT}(?: spine)?{_GAP}{_MOTION}{_GAP}{_ANGLE}")
_MOTION_FIRST = LazyPattern(rf"\b{_MOTION}{_GAP}{_JOINT}{_GAP}{_ANGLE}")


@lru_cache(maxsize=CACHE_SIZE)
def impossible_angles(text: str) -> tuple[tuple[int, int], ...]:
    """The offsets of angles that a joint cannot reach, such as a knee flexion of 240 degrees."""
    low = lowered(text)
    return tuple(sorted(_find(low))) if "degrees" in low else ()


def _find(low: str) -> Iterator[tuple[int, int]]:
    for pattern in (_JOINT_FIRST, _MOTION_FIRST):
        for match in pattern.finditer(low):
            most = _MOST[match["joint"]]
            if int(match["angle"]) > most.get(match["motion"], most[""]):
                yield match.span()

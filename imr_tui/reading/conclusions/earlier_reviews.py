"""Whether a text mentions an earlier independent medical review."""

import re

from imr_tui.reading.language.patterns import LazyPattern

_REVIEW = r"(?:IMRs?|independent medical reviews?|(?:final |IMR )?determinations?|IMR decisions?)"
_GAP = r"(?:(?!utilization|\bUR\b|denial|claims administrator)[^.;]){0,40}?"
"""Words in between, none of which belongs to utilization review: its decisions are earlier, too."""
_EARLIER = LazyPattern(
    rf"\b(?:earlier|prior|previous(?:ly)?|former|first|last|past|another|(?:19|20)\d\d)\b{_GAP}"
    rf"\b{_REVIEW}\b"
    rf"|\b(?:IMRs?|independent medical reviews?)\b{_GAP}\b(?:of|on|dated|from|in)\b{_GAP}\d"
    r"|\b(?:IMR|independent medical review)\b[^.;]{0,40}\b(?:upheld|overturned|found)\b",
    re.IGNORECASE,
)


def mentions_earlier_review(text: str, numbers: tuple[str, ...] = ()) -> bool:
    """Whether a text mentions an earlier review, in words or by one of its case numbers."""
    low = text.casefold()
    if any(number.casefold() in low for number in numbers):
        return True
    return _EARLIER.search(text) is not None

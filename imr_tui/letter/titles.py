"""The title of an item: what was requested, and the parts of an item that UR modified."""

import re

_FORMS = (
    re.compile(
        r"(?P<original>.+?) was the original request\. (?P<authorized>.+?) was authorized by the "
        r"Claims Administrator\. The remaining IMR eligible portion of the original request, "
        r"(?P<request>.+) is"
    ),
    re.compile(
        r"(?P<original>.+?) was the original request\. The Claims Administrator authorized "
        r"(?P<authorized>.+?), leaving the original request IMR eligible\. "
        r"The original request, (?P<request>.+) is"
    ),
)


def read_title(title: str) -> tuple[str, str, str]:
    """Request, original request and authorized part; what fits no form is all request."""
    for form in _FORMS:
        if match := form.fullmatch(title):
            return match["request"], match["original"], match["authorized"]
    return title, "", ""

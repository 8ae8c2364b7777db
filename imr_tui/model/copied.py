"""A rationale of an earlier case that was copied into an item."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from imr_tui.model.limits import MAX_COPIED, MAX_ROWS
from imr_tui.model.value import Number, Value

_SentenceDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class Copied(Value):
    """A rationale that was copied into that of an item; never printed."""

    case: Number
    """The number of the case that it was copied from."""
    item: Annotated[int, Field(ge=1, le=MAX_ROWS)]
    """The 1-based item of that case."""
    sentences: Annotated[tuple[_SentenceDigest, ...], Field(strict=False, max_length=MAX_COPIED)]
    """Digests of its sentences as they were before the copy, in hexadecimal digits."""
    at: AwareDatetime
    """When it was copied, in UTC."""

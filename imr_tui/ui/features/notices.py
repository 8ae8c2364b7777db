"""What happened by itself and waits for the reviewer: shown in a line that takes no key away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

KEY = "ctrl+f"
"""The key that opens what a notice offers: no text contains it, and no field uses it."""

Kind = Literal["choice", "request", "given", "rescue"]
"""Two texts of the case; another session asks for it; another session has it; it is not saved."""


@dataclass(frozen=True)
class Notice:
    """One thing that happened, and what KEY does about it."""

    kind: Kind
    """What it is about; a newer notice of the same kind replaces it."""
    says: str
    """What happened, as a sentence."""
    answer: str
    """What KEY does, in a word or two."""


Notices: TypeAlias = tuple[Notice, ...]
"""The notices that are open, the one that KEY answers first."""


def with_notice(notices: Notices, notice: Notice) -> Notices:
    """`notices` with `notice` in the place of an older one of its kind."""
    others = without(notices, notice.kind)
    return tuple(sorted((*others, notice), key=lambda each: get_args(Kind).index(each.kind)))


def without(notices: Notices, kind: Kind) -> Notices:
    """`notices` without the one of a kind."""
    return tuple(each for each in notices if each.kind != kind)

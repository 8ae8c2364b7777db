"""Events that wait for the reviewer's answer, which the command `answer` asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from imr_tui.plain.command import Page

Kind = Literal["choice", "request", "given", "rescue", "facts"]
"""Two texts of the case; another session asks for it; another session has it; it is not saved;
the organization changed facts of it."""


class Notice(NamedTuple):
    """An event that waits."""

    kind: Kind
    """Its kind; a newer notice of the same kind replaces it."""
    says: str
    """What happened, as sentences."""
    answer: Callable[[], Page | None]
    """Asks what to do, and returns the next page; None stays on the page."""


class Notices:
    """The notices of the open case, the one that is answered first at the front."""

    def __init__(self) -> None:
        self._open: dict[Kind, Notice] = {}
        self._unsaid: list[str] = []

    def tell(self, notice: Notice) -> None:
        """Say a notice before the next prompt, and keep it until it is dropped."""
        if (known := self._open.get(notice.kind)) is None or known.says != notice.says:
            self._unsaid.append(f"{notice.says} Type answer.")
        self._open[notice.kind] = notice

    def drop(self, kind: Kind) -> None:
        """Remove the notice of a kind."""
        self._open.pop(kind, None)

    def clear(self) -> None:
        """Remove all notices, as another case is opened."""
        self._open.clear()
        self._unsaid.clear()

    def unsaid(self) -> list[str]:
        """The sentences that were not said yet, once."""
        said, self._unsaid = self._unsaid, []
        return said

    @property
    def first(self) -> Notice | None:
        """The notice that `answer` is about; None without a notice."""
        kinds = (kind for kind in get_args(Kind) if kind in self._open)
        return next((self._open[kind] for kind in kinds), None)

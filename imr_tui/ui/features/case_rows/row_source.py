"""Where the worklist gets its rows from: the protocol of a source, and what it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from imr_tui.checks import CheckSetup
    from imr_tui.store.contract import Scope
    from imr_tui.store.worklist.rows import Row
    from imr_tui.store.worklist.selection import Order


class View(NamedTuple):
    """Which rows the worklist shows, and in which order."""

    today: date
    """The day with which due dates are compared."""
    words: str = ""
    """What was typed into the filter."""
    order: Order = "due"
    """The column that the rows are sorted by, if they can be."""
    shows_finished: bool = False
    """Whether finished cases are shown, too, however many there are."""
    scope: Scope = "mine"
    """Whose cases are shown."""
    key: str = "."
    """The key that shows finished cases."""


class Listed(NamedTuple):
    """The rows of a view, as known now."""

    rows: Sequence[Row]
    """The rows that are shown, in their order."""
    note: str = ""
    """What is hidden, or why not all cases are shown, as a sentence; or blank."""
    order: Order = "due"
    """The column that the rows are sorted by."""


def folded_note(count: int, key: str, most: int | None = None) -> str:
    """Says that so many finished cases are hidden; `most` is where counting ends.

    `key` shows them.
    """
    if not count:
        return ""
    number = f"{count:,} or more" if most is not None and count >= most else f"{count:,}"
    return f"{number} finished: {key} shows them"


class RowSource(Protocol):
    """Keeps rows up to date, on a thread, and reports each change on the app's loop."""

    @property
    def fault(self) -> str:
        """Why the folder could not be read, as a sentence, or blank."""

    @property
    def waiting(self) -> int:
        """The number of cases that are known but were not read yet."""

    @property
    def count(self) -> int:
        """The number of cases that are known, whether they are shown or not."""

    @property
    def has_finished(self) -> bool:
        """Whether a finished case is among them."""

    @property
    def can_sort(self) -> bool:
        """Whether the rows can be sorted by another column than the due date."""

    @property
    def scopes(self) -> Sequence[Scope]:
        """Whose cases can be shown."""

    @property
    def is_current(self) -> bool:
        """Whether the rows are those of the view that was asked for last."""

    def is_awaited(self) -> bool:
        """Whether keys wait for the rows, since Enter must open a case of the filter as typed."""

    def preview(self) -> bool:
        """Report the rows that are known without reading any case; False if there are none."""

    def start(self, setup: CheckSetup) -> None:
        """Keep the rows up to date until `stop`; `setup` is that of the checks."""

    def stop(self) -> None:
        """Stop after the current step."""

    def nudge(self) -> None:
        """Look for changes now if active; always report, since the date may have changed."""

    def give_way(self) -> None:
        """Do little for a moment: somebody is typing."""

    def reach(self, at: int) -> None:
        """See to it that rows follow the index `at`, where the cursor is, if there are more."""

    def listed(self, view: View) -> Listed:
        """The rows of a view, without waiting; better ones are reported when they are there."""

    def has(self, row: Row) -> bool:
        """Whether a row that is not shown any more is hidden only by the view."""

    def changed(self, name: str) -> int:
        """When the case with the file `name` was last changed, in nanoseconds; 0 if unknown."""

"""The worklist of plain mode: the cases in the order in which they are due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from imr_tui.model.limits import is_case_number
from imr_tui.plain.case_list import CaseList, in_words, order_named
from imr_tui.plain.command import Command
from imr_tui.plain.console import Ended
from imr_tui.plain.page_table import first_page, loaded, new_facts_page
from imr_tui.store.contract import Scope
from imr_tui.store.worklist.selection import IN_WORDS, ORDERS

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.store.config import ResumePoint

LINES = 20
"""How many cases are said at once."""
_SCOPES: tuple[Scope, ...] = get_args(Scope)
_WHOSE: dict[Scope, str] = {
    "mine": "your cases",
    "unassigned": "cases without a reviewer",
    "all": "the cases of all reviewers",
}
_FILTERS = "Words, draft, ready, written, closed, new facts, late, due<12/15; blank for all"


class WorklistPage:
    """Cases are named by their positions in the list, or by their numbers."""

    title = "Worklist"

    def __init__(self, session: PlainSession) -> None:
        self._session = session
        self._list = CaseList(session)
        self._at = 0
        self._offer: ResumePoint | None = session.resume_points.last()

    def lines(self) -> Iterator[str]:
        """The first cases, and what is not listed."""
        self._at = 0
        if self._session.read_only:
            yield self._session.read_only
        self._list.read()
        yield from self._some()
        if self._list.folded:
            yield f"{self._list.folded:,} finished cases are not listed. w lists them."
        if self._offer is not None:
            yield f"c continues at {self._offer}."

    def _some(self) -> Iterator[str]:
        """The next cases of the list."""
        rows, now = self._list.rows, self._session.now
        if not rows:
            yield self._list.why_empty
        for number, row in enumerate(rows[self._at : self._at + LINES], self._at + 1):
            yield f"{number}. {in_words(row, now)}"
        self._at += LINES
        if self._at < len(rows):
            yield f"{len(rows) - self._at:,} more. m says them."

    def prompt(self) -> str:
        """How many cases are listed."""
        count = len(self._list.rows)
        return f"Worklist, {count:,} {'case' if count == 1 else 'cases'}"

    def commands(self) -> Sequence[Command]:
        """What can be done without an open case."""
        has_more, session = self._at < len(self._list.rows), self._session
        commands = [
            Command("o", "open a case", self._open, ("worklist.open",)),
            Command("m", "more cases", self._more, (), has_more),
            Command("c", "continue", self._continue, (), self._offer is not None),
            Command("f", "filter", self._filter, ("worklist.filter",)),
            Command("all", "list all cases again", self._all, ("worklist.all",), False),
            Command("n", "new case", self._new, ("worklist.new",)),
            Command("facts", "open at new facts", self._facts, ("worklist.facts",), False),
            Command("order", "next order", self._order, ("worklist.sort",), False),
            Command("w", "list finished cases, or not", self._fold, ("worklist.written",), False),
            Command("a", "whose cases", self._scope, ("worklist.scope",), False),
            Command("s", "statistics", self._statistics, ("worklist.statistics",), False),
            Command("p", "your profile", self._profile, ("worklist.profile",), False),
            Command("q", "quit", self._quit, ("worklist.quit",)),
        ]
        if not session.restricted:
            # It takes a path, which may be outside the folder.
            i = Command("i", "import a letter", self._import, ("worklist.import",), False)
            commands.append(i)
        return commands

    # ── Cases ────────────────────────────────────────────────────────────────────────────

    def _open(self, typed: str) -> Page | None:
        """`o 2` opens the second case of the list, `o CM26-0190442` the one with this number."""
        number = self._number(typed)
        return self._enter(number) if number else None

    def _number(self, typed: str) -> str:
        """The number of the case that is named; blank, and says why, if no case is."""
        if not typed and len(self._list.rows) == 1:
            return self._list.rows[0].number
        if (row := self._list.find(typed)) is not None:
            return row.number
        if is_case_number(typed) and self._session.folder.path_of(typed).exists():
            return typed
        self._session.console.error(
            f"There is no case {typed}. Type its position in the list or its case number."
            if typed
            else "Type the position of the case, such as o 1."
        )
        return ""

    def _enter(self, number: str, resume_point: ResumePoint | None = None) -> Page | None:
        return first_page(self._session, resume_point) if self._session.open(number) else None

    def _continue(self, _: str) -> Page | None:
        if (offer := self._offer) is None:
            self._session.console.error("There is no case to continue.")
            return None
        return self._enter(offer.number, offer)

    def _facts(self, typed: str) -> Page | None:
        number = self._number(typed)
        page = self._enter(number) if number else None
        return (new_facts_page(self._session) or page) if page is not None else None

    def _new(self, typed: str) -> Page | None:
        number = loaded("imr_tui.plain.new_case:new_case")(self._session, typed)
        return self._enter(number) if number else None

    def _import(self, typed: str) -> Page | None:
        loaded("imr_tui.plain.importing:import_letter")(self._session, typed)
        return self

    # ── The list ─────────────────────────────────────────────────────────────────────────

    def _more(self, _: str) -> None:
        self._session.console.say(*self._some())

    def _filter(self, typed: str) -> Page:
        self._list.words = typed or self._session.console.ask(_FILTERS)
        return self._again()

    def _all(self, _: str) -> Page:
        self._list.words = ""
        return self._again()

    def _order(self, typed: str) -> Page | None:
        """`order` sorts by the next column, `order number` by that one."""
        if typed and order_named(typed) is None:
            self._session.console.error(f"There is no order {typed}: {', '.join(ORDERS)}.")
            return None
        following = ORDERS[(ORDERS.index(self._list.order) + 1) % len(ORDERS)]
        self._list.order = order_named(typed) or following
        self._session.console.say(f"Sorted by {IN_WORDS[self._list.order]}.")
        return self._again()

    def _fold(self, _: str) -> Page:
        self._list.shows_finished = not self._list.shows_finished
        return self._again()

    def _scope(self, _: str) -> Page | None:
        if not self._session.sharing.is_on:
            self._session.console.error("This machine has no shared store: all cases are yours.")
            return None
        self._list.scope = _SCOPES[(_SCOPES.index(self._list.scope) + 1) % len(_SCOPES)]
        self._session.console.say(f"The list has {_WHOSE[self._list.scope]}.")
        return self._again()

    def _again(self) -> Page:
        self._session.console.say(*self.lines())
        return self

    # ── Elsewhere ────────────────────────────────────────────────────────────────────────

    def _statistics(self, _: str) -> Page:
        return self._page("imr_tui.plain.statistics_page:StatisticsPage")

    def _profile(self, _: str) -> Page:
        return self._page("imr_tui.plain.profile_page:ProfilePage")

    def _page(self, name: str) -> Page:
        page: Page = loaded(name)(self._session, lambda: self)
        return page

    def _quit(self, _: str) -> Page | None:
        raise Ended(is_final=False)

"""The page of an item: the request, Upheld or Overturned, and the rationale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain import case_in_words
from imr_tui.domain.documents import earlier_in_words
from imr_tui.domain.workflow import Stage
from imr_tui.errors import ImrError
from imr_tui.model import edits
from imr_tui.plain.case_text import CaseText
from imr_tui.plain.command import Command
from imr_tui.plain.item_form import edit_item
from imr_tui.plain.phrase_commands import PhraseCommands
from imr_tui.plain.prose import prose_commands
from imr_tui.plain.recall_commands import recall_commands
from imr_tui.plain.sentences import counted, numbered
from imr_tui.session.derivative import decided_like, no_decision_yet
from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from imr_tui.model.case import Item
    from imr_tui.model.limits import Outcome
    from imr_tui.plain.session import PlainSession

_REQUEST_WIDTH = 60
"""Characters of a request that the prompt repeats."""


class DecisionPage:
    """Both decisions are one letter each; the rationale has the commands of every long text."""

    def __init__(self, session: PlainSession, item: int | None = None) -> None:
        self._session = session
        self._console = session.console
        self._index = item or 0
        self._text = CaseText(session, self._index)
        self.stage = Stage("decision", self._index)
        """The stage that the page shows."""
        self.title = f"Decision of item {self._index + 1}"
        """Its name."""

    @property
    def _item(self) -> Item:
        return self._session.case.items[self._index]

    def lines(self) -> Iterable[str]:
        yield from case_in_words.head_of(
            self._session.case, self._index, "(no request yet: request edits it)"
        )
        if says := earlier_in_words(self._session.case):
            yield says
        yield f"Decision: {(self._item.decision or 'open').capitalize()}"
        yield f"Rationale: {counted(self._text.text)}"

    def prompt(self) -> str:
        request = one_line(self._item.request) or "no request yet"
        if len(request) > _REQUEST_WIDTH:
            request = f"{request[:_REQUEST_WIDTH].rsplit(' ', 1)[0]} ..."
        return f"{self.title}, {request}"

    def commands(self) -> Sequence[Command]:
        return [
            Command("u", "upheld", partial(self._decide, "upheld"), ("decision.uphold",)),
            Command("o", "overturned", partial(self._decide, "overturned"), ("decision.overturn",)),
            Command(
                "x",
                "withdraw the decision",
                partial(self._decide, None),
                ("decision.reopen",),
                is_shown=False,
            ),
            Command(
                "like",
                "decide like the item that this one follows",
                self._decide_like_primary,
                ("decision.derivative",),
                is_shown=False,
            ),
            Command("request", "edit the request", self._edit, ("item.edit",), is_shown=False),
            *recall_commands(self._text),
            *prose_commands(self._text),
        ]

    def _decide(self, decision: Outcome | None, rest: str) -> None:
        number = self._index + 1
        if self._item.decision == decision and not self._session.read_only:
            self._console.say(f"Item {number} is {decision or 'open'} already.")
            return
        change = partial(edits.set_decision, index=self._index, decision=decision)
        self._session.edit(change, f"Item {number} is {decision or 'open again'}.")

    def _edit(self, rest: str) -> None:
        edit_item(self._session, self._index)

    def _decide_like_primary(self, rest: str) -> None:
        """`like` gives the item the decision of the one that it follows, and adds a phrase."""
        # Reads the words of the requests.
        from imr_tui.checks.primary_item import primary_item

        case = self._session.case
        at = primary_item(case, self._index)
        if at is None:
            self._console.error("This item follows no other. request asks for the item it follows.")
        elif case.items[at].decision is None:
            self._console.error(no_decision_yet(at))
        else:
            self._decide_like(at)

    def _decide_like(self, at: int) -> None:
        case = self._session.case
        decision = f"{case.items[at].decision} like item {at + 1}"
        try:
            after, gained = decided_like(case, self._index, at, self._session.folder)
        except ImrError as error:
            self._console.error(str(error))
            return
        if after == case:
            self._console.say(f"This item is already {decision}.")
        elif self._session.edit(lambda now: after if now == case else now):
            self._console.say(f"This item is now {decision}; undo restores.")
            if gained:
                text = self._text.text
                self._console.say(*numbered(text[len(text) - gained :].strip()))
            PhraseCommands(self._text).tell_blanks()

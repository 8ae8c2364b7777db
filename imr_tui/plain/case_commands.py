"""The commands that every page of a case has, besides its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from imr_tui.domain import workflow
from imr_tui.plain.command import Command
from imr_tui.plain.facts_commands import facts_commands
from imr_tui.plain.find_commands import find_commands
from imr_tui.plain.page_table import current_page, loaded, stage_page, worklist

if TYPE_CHECKING:
    from imr_tui.domain.workflow import Stage
    from imr_tui.model.case import Case
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession


class CaseCommands:
    """The walk through the stages of the open case, and what can be reached from all of them."""

    def __init__(self, session: PlainSession) -> None:
        self._session = session

    def commands(self, page: Page) -> Sequence[Command]:
        """The commands at a page; the prompt of a stage names the first ones."""
        is_stage = page is self._session.stage_page
        return [
            Command("n", "next", self._next, ("walk.next",), is_stage),
            Command("b", "back", lambda _: self._back(page), ("walk.back",)),
            Command("l", "letter", self._letter, ("reading.letter",), is_stage),
            Command("g", "go to a stage", self._go_to, ("walk.go-to",), False),
            Command("items", "items in dispute", self._items, ("walk.items",), False),
            Command("record", "dates, parties, documents", self._record, ("walk.record",), False),
            Command("h", "earlier versions", self._versions, ("walk.versions",), False),
            *self._facts(),
            *find_commands(self._session, self._show),
            Command("finding", "next finding", self._finding, ("findings.next",), False),
            Command("review", "go to Review", self._review, ("findings.review",), False),
            Command("undo", "undo the last change", self._undo, ("app.undo",), False),
            Command("redo", "redo it", self._redo, ("app.redo",), False),
            Command("save", "wait until all is saved", self._save, ("app.save",), False),
            Command("q", "leave the case", self._leave, ("walk.leave",), False),
        ]

    def _facts(self) -> Sequence[Command]:
        """What is read beside a text; Review has its own."""
        stage = self._session.stage
        if stage is None or stage == workflow.LAST:
            return ()
        return facts_commands(self._session, stage)

    # ── The walk ─────────────────────────────────────────────────────────────────────────

    def _show(self, stage: Stage) -> Page:
        return stage_page(self._session, stage)

    def _next(self, _: str) -> Page | None:
        return self._walk(1)

    def _back(self, page: Page) -> Page | None:
        """The stage before; from a page that is no stage, the stage from which it was entered."""
        if page is not self._session.stage_page:
            return current_page(self._session)
        return self._walk(-1)

    def _walk(self, step: int) -> Page | None:
        session = self._session
        stage = session.stage or workflow.resume(session.case)
        following = workflow.neighbour(session.case, stage, step)
        if following == stage:
            session.console.say(f"This is the {'last' if step > 0 else 'first'} stage.")
            return None
        return self._show(following)

    def _go_to(self, typed: str) -> Page | None:
        """`g review` goes there; `g` lists the stages."""
        stages = [
            (stage, _line(self._session.case, stage)) for stage in workflow.walk(self._session.case)
        ]
        wanted = typed.casefold().split()
        found = [
            (stage, line)
            for stage, line in stages
            if all(any(word.startswith(each) for word in _words(line)) for each in wanted)
        ]
        if len(found) == 1:
            return self._show(found[0][0])
        if not found:
            self._session.console.error(f"There is no stage {typed}.")
            found = stages
        at = self._session.console.choose("Go to", [line for _, line in found])
        return None if at is None else self._show(found[at][0])

    def _finding(self, _: str) -> Page | None:
        """Go to the text of the next open finding."""
        make = loaded("imr_tui.plain.finding_commands:FindingCommands")
        page: Page | None = make(self._session, self._show).go_to_next()
        return page

    def _review(self, _: str) -> Page:
        return self._show(workflow.LAST)

    def _leave(self, _: str) -> Page | None:
        if not self._session.leave():
            return None
        self._session.console.say("All is saved.")
        return worklist(self._session)

    # ── Pages of the case ────────────────────────────────────────────────────────────────

    @property
    def _item(self) -> int | None:
        return self._session.stage.item if self._session.stage is not None else None

    def _items(self, _: str) -> Page:
        page: Page = loaded("imr_tui.plain.items_page:ItemsPage")(self._session, self._item)
        return page

    def _record(self, _: str) -> Page:
        page: Page = loaded("imr_tui.plain.record_page:RecordPage")(self._session, self._item)
        return page

    def _versions(self, _: str) -> Page:
        make = loaded("imr_tui.plain.versions_page:VersionsPage")
        page: Page = make(self._session, lambda: current_page(self._session))
        return page

    def _letter(self, _: str) -> Page | None:
        read = loaded("imr_tui.plain.letter_page:read_letter")
        page: Page | None = read(self._session, lambda: current_page(self._session))
        return page

    # ── Edits ────────────────────────────────────────────────────────────────────────────

    def _undo(self, _: str) -> Page | None:
        self._session.undo()
        return self._if_gone()

    def _redo(self, _: str) -> Page | None:
        self._session.redo()
        return self._if_gone()

    def _if_gone(self) -> Page | None:
        """Another page if the stage of this one has gone with its item."""
        if self._session.stage in workflow.walk(self._session.case):
            return None
        return current_page(self._session)

    def _save(self, _: str) -> None:
        if self._session.saved():
            self._session.console.say(f"Saved {self._session.now:%H:%M:%S}.")


def _line(case: Case, stage: Stage) -> str:
    """A stage in a list: `Decision 2, complete: MRI`."""
    mark = "complete" if workflow.is_complete(case, stage) else "not complete"
    about = f": {case.items[stage.item].request}" if stage.item is not None else ""
    return f"{stage.name}, {mark}{about}"


def _words(line: str) -> list[str]:
    return line.casefold().replace(",", " ").replace(":", " ").split()

"""A case that others can reach, too: who has it, who asks for it, whose text goes on."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on, work

from imr_tui.errors import ImrError
from imr_tui.store.casefile import CaseFile, ChangedElsewhere
from imr_tui.store.versions import Event
from imr_tui.ui.messages import (
    ClaimAsked,
    ClaimFree,
    ClaimLost,
    ClaimRefused,
    FileChanged,
    SaveReported,
)
from imr_tui.ui.output_desk import OutputDesk

if TYPE_CHECKING:
    from imr_tui.store.claim import Claim, Holder
    from imr_tui.store.recovery import Found
    from imr_tui.ui.neighbours import Neighbours
    from imr_tui.ui.screens.choice import Choice
    from imr_tui.ui.session import Session


class SharedDesk(OutputDesk):
    """Writes a case only while it has the claim on it, and never over another program's text."""

    _is_choosing = False

    def take_up(self, number: str) -> None:
        """Make the case of `number` the open one, to be read only where another session has it.

        Raises BadInput or CannotStore.
        """
        self.folder.path_of(number)
        before = self.read_only
        if says := self.folder.duplicate_of(number):
            self.read_only = self.read_only or f"READ ONLY: {says}"
        claim = None if self.read_only else self._claim(number)
        try:
            kept = self._bring_back(number) if claim is not None else None
            file = self.folder.open(number)
            if file.case.is_signed and claim is not None:
                self.read_only = f"READ ONLY: {number} is signed"
            self._begin(file, claim, Event.OPENED, kept)
        except ImrError:
            if claim is not None:
                claim.release()
            self.read_only, self.held_by = before, None
            raise

    def _claim(self, number: str) -> Claim | None:
        """The claim on a case; where another session has it, that one is told of."""
        from imr_tui.store.claim import Held, claim

        try:
            return claim(self.folder.path, number, self._me)
        except Held as error:
            self.held_by = error.holder
            self.read_only = f"READ ONLY: {error}"
            self._say(f"{error} t asks for it.")
        except ImrError as error:
            self.read_only = f"READ ONLY: {error}"
        return None

    def _bring_back(self, number: str) -> Found | None:
        """Put what ended sessions kept of a case into it; what the disk does not take yet."""
        from imr_tui.store.recovery import find, restore

        left = None
        for each in find(self.folder.path, self.host.rescue, number):
            is_left = False
            for recovered in restore(self.folder.path, each):
                self._say(recovered.says)
                is_left = recovered.is_left
            if is_left and each.journal is not None and left is None:
                left = each
            else:
                each.leave()
        return left

    def bring_all_back(self) -> None:
        """Put what ended sessions kept into the cases that nobody has open."""
        from imr_tui.store.recovery import recover

        for recovered in recover(self.folder.path, self.host.rescue, self._me):
            self.call_after_refresh(self._say, recovered.says)

    def _begin(
        self, file: CaseFile, claim: Claim | None, event: Event, kept: Found | None = None
    ) -> None:
        self._is_choosing = False
        if self.read_only and claim is not None:
            claim.release()
            claim = None
        if claim is not None and file.is_apart:
            # What was written here before goes on until the reviewer has chosen.
            file.case = file.mine() or file.case
            self.call_after_refresh(self.choose)
        self.take(file, claim, kept.journal if kept is not None else None)
        if self.session is not None:
            self.mark(event)
            if kept is not None:
                self._go_on_with_kept(kept, self.session)

    def _go_on_with_kept(self, kept: Found, session: Session) -> None:
        """Show what the disk does not take yet as the latest edit, which it is."""
        from imr_tui.store.recovery import case_of

        case = case_of(kept.text)
        if kept.text.base != session.file.base:
            session.file.set_apart()
        session.fill(lambda _: case)
        self.follow(session)

    @property
    def _me(self) -> Holder:
        from imr_tui.store.claim import this_session

        return this_session(self.now)

    # ── Another program wrote the file ───────────────────────────────────────────────────

    @on(SaveReported)
    def tell_apart(self, message: SaveReported) -> None:
        if isinstance(message.error, ChangedElsewhere) and not self._is_choosing:
            self._is_choosing = True
            self.choose()

    @on(FileChanged)
    def tell_changed(self) -> None:
        if self.read_only:
            self._read_again()
        elif self.session is not None and self.session.is_saved:
            self.choose()

    @work(exclusive=True, group="choice")
    async def choose(self) -> None:
        """Let the reviewer choose which of two texts goes on."""
        from imr_tui.ui.screens.choice import ChoiceScreen

        session = self.session
        if session is None or isinstance(self.screen, ChoiceScreen):
            return
        self._is_choosing = True
        theirs, problem = None, ""
        try:
            await asyncio.to_thread(session.file.part, session.case)
            theirs = await asyncio.to_thread(session.file.theirs)
        except ImrError as error:
            problem = str(error)
        self.push_screen(ChoiceScreen(session.case, theirs, problem), self._chosen)

    def _chosen(self, choice: Choice | None) -> None:
        if self.session is not None and choice is not None:
            self._go_on_with(choice, self.session)

    @work(exclusive=True, group="choice")
    async def _go_on_with(self, choice: Choice, session: Session) -> None:
        from imr_tui.ui.screens.choice import Choice

        if not await self.saved():
            # What still is on its way would come after what is chosen now.
            return
        try:
            if choice is Choice.MINE:
                await asyncio.to_thread(session.file.insist, session.case)
            else:
                session.adopt(await asyncio.to_thread(session.file.accept, session.case))
        except ImrError as error:
            self.complain(error)
            return
        self._is_choosing = False
        self.case = session.case
        self.save_state = f"Saved {self.now:%H:%M:%S}"
        self.show_again()

    def _read_again(self) -> None:
        """Show what the session that has the case has written meanwhile."""
        try:
            file = self.folder.open(self.open_case.number)
        except ImrError:
            return
        self.take(file, None)
        self.show_again()

    async def on_event(self, event: events.Event) -> None:
        is_typed = isinstance(event, events.Key | events.Paste)
        if is_typed and self.neighbours is not None and not self.is_locked:
            self.neighbours.note_key()
        await super().on_event(event)

    # ── Another session wants the case, or has it ────────────────────────────────────────

    @on(ClaimAsked)
    def tell_asked(self, message: ClaimAsked) -> None:
        from imr_tui.ui.screens.request import RequestScreen

        self.push_screen(RequestScreen(message.holder), partial(self._answer, message.holder))

    def _answer(self, holder: Holder, gives: bool | None) -> None:
        if self.neighbours is None or gives is None:
            return
        if gives:
            self._give(holder, self.neighbours)
        else:
            self.neighbours.refuse()

    @work
    async def _give(self, holder: Holder, neighbours: Neighbours) -> None:
        if not await asyncio.to_thread(neighbours.give, holder):
            neighbours.refuse()
            self._say("The case is not on the disk yet, so it stays here.")

    @on(ClaimLost)
    def tell_lost(self, message: ClaimLost) -> None:
        from imr_tui.ui.screens.request import RequestScreen

        if isinstance(self.screen, RequestScreen):
            self.screen.dismiss(None)
        self.held_by = message.holder
        self.read_only = f"READ ONLY: given to {message.holder}"
        self.call_after_refresh(self._read_again)
        self._say(f"All is saved; {message.holder.who} on {message.holder.host} writes it now.")

    @on(ClaimRefused)
    def tell_refused(self, message: ClaimRefused) -> None:
        self._say(f"{message.holder.who} on {message.holder.host} keeps the case.")

    @on(ClaimFree)
    def tell_free(self, message: ClaimFree) -> None:
        if message.is_wanted:
            self.action_take_over()
        elif self.held_by is not None:
            self._say("The case is free now; t takes it over.")

    def action_take_over(self) -> None:
        if self.held_by is None or self.neighbours is None:
            return
        from imr_tui.store.claim import Held, claim

        number = self.open_case.number
        try:
            taken = claim(self.folder.path, number, self._me)
        except Held as error:
            self._ask(error.holder)
        except ImrError as error:
            self.complain(error)
        else:
            self._take_over(number, taken)

    def _ask(self, holder: Holder) -> None:
        assert self.neighbours is not None
        try:
            self.neighbours.ask(self._me)
        except ImrError as error:
            self.complain(error)
        else:
            self._say(
                f"{holder.who} on {holder.host} is asked for the case. It comes here as soon as "
                "it is given, or after a minute in which nobody types there."
            )

    def _take_over(self, number: str, claim: Claim) -> None:
        try:
            self.read_only, self.held_by = "", None
            self._begin(self.folder.open(number), claim, Event.TAKEN_OVER)
        except ImrError as error:
            claim.release()
            self.complain(error)
            return
        self.show_again()
        self._say("You write this case now.")

    @work
    async def action_save(self) -> None:
        if self.session is not None and self.session.file.is_apart:
            self.choose()
        else:
            await self.saved()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take_over":
            return self.case is not None and self.held_by is not None
        return super().check_action(action, parameters)

    def _say(self, sentence: str) -> None:
        self.notify(sentence, timeout=20, markup=False)

"""A case that others can reach, too: who has it, who asks for it, whose text goes on."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on, work

from imr_tui.errors import ImrError
from imr_tui.store.cases.case_file import CaseFile, ChangedElsewhere
from imr_tui.store.history.versions import Event
from imr_tui.terminal.input_queue import ASIDE
from imr_tui.ui.features.notices import KEY, Notice
from imr_tui.ui.features.output import OutputDesk
from imr_tui.ui.messages import (
    ClaimAsked,
    ClaimFree,
    ClaimLost,
    ClaimRefused,
    ClaimWithdrawn,
    FileChanged,
    SaveReported,
)
from imr_tui.ui.widgets.key_line import key_name

if TYPE_CHECKING:
    from imr_tui.store.locking.claim import Claim, Holder
    from imr_tui.store.recovery.recover import Found
    from imr_tui.ui.dialogs.two_texts import Choice
    from imr_tui.ui.features.claim_monitor import ClaimMonitor
    from imr_tui.ui.features.open_case import OpenCase


class SharedDesk(OutputDesk):
    """Writes a case only while it has the claim on it, and never over another program's text."""

    _asks: Holder | None = None
    """The session that asks for the open case, once one did."""

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
            self._begin(file, claim, Event.OPENED, kept)
        except ImrError:
            if claim is not None:
                claim.release()
            self.read_only, self.held_by = before, None
            raise

    def _claim(self, number: str) -> Claim | None:
        """The claim on a case; where another session has it, that one is told of."""
        from imr_tui.store.locking.claim import Held, claim

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
        from imr_tui.store.recovery.recover import find, restore

        left = None
        for each in find(self.folder.path, self.host.rescue, number):
            is_left = False
            for recovered in restore(self.folder.path, each):
                self._say(recovered.says)
                is_left = recovered.is_left
            if is_left and each.journal is not None and left is None:
                left = each
                for older in each.older:
                    older.leave()
            else:
                each.leave_all()
        return left

    def bring_all_back(self) -> None:
        """Put what ended sessions kept into the cases that nobody has open."""
        from imr_tui.store.recovery.recover import recover

        for recovered in recover(self.folder.path, self.host.rescue, lambda: self._me):
            self.call_after_refresh(self._say, recovered.says)

    def _begin(
        self, file: CaseFile, claim: Claim | None, event: Event, kept: Found | None = None
    ) -> None:
        if self.read_only and claim is not None:
            claim.release()
            claim = None
        if claim is not None and file.is_apart:
            # What was written here before goes on until the reviewer has chosen.
            file.case = file.mine() or file.case
        self.take(file, claim, kept.journal if kept is not None else None)
        if claim is not None and file.is_apart:
            self.tell_two_texts()
        if self.session is not None:
            self.mark(event)
            if kept is not None:
                self._go_on_with_kept(kept, self.session)

    def _go_on_with_kept(self, kept: Found, session: OpenCase) -> None:
        """Show what the disk does not take yet as the latest edit, which it is."""
        from imr_tui.store.recovery.recover import case_of

        case = case_of(kept.text)
        if kept.text.base != session.file.base:
            session.file.set_apart()
        session.fill(lambda _: case)
        self.follow(session)

    @property
    def _me(self) -> Holder:
        from imr_tui.store.locking.claim import this_session

        return this_session(self.now)

    # ── What waits for the reviewer ──────────────────────────────────────────────────────

    def action_answer(self) -> None:
        """Open what the first notice tells of; a key that does nothing where there is none."""
        if not self.notices or self.is_locked:
            return
        match self.notices[0].kind:
            case "choice":
                self.choose()
            case "request":
                self._open_request()
            case "given":
                self.action_take_over()
            case "rescue":
                self.offer_rescue()

    # ── Another program wrote the file ───────────────────────────────────────────────────

    def tell_two_texts(self) -> None:
        says = "Another program changed this case. Both texts are kept."
        self.tell(Notice("choice", says, "Compare"))

    @on(SaveReported)
    def tell_apart(self, message: SaveReported) -> None:
        if isinstance(message.error, ChangedElsewhere):
            self.tell_two_texts()

    @on(FileChanged)
    def tell_changed(self) -> None:
        if self.session is not None and not self.session.writes_case:
            self.between_keys(self._follow_file)
        elif self.session is not None and self.session.file.is_apart:
            self.save_state = "KEPT ASIDE: changed elsewhere"
            self.tell_two_texts()

    def choose(self) -> None:
        """Let the reviewer choose which of two texts goes on."""
        from imr_tui.ui.dialogs.two_texts import ChoiceScreen

        session = self.session
        if session is not None and not isinstance(self.screen, ChoiceScreen):
            self.push_screen(ChoiceScreen(session.case, session.file.theirs), self._chosen)

    def _chosen(self, choice: Choice | None) -> None:
        if self.session is not None and choice is not None:
            self._go_on_with(choice, self.session)

    @work(exclusive=True, group="choice")
    async def _go_on_with(self, choice: Choice, session: OpenCase) -> None:
        from imr_tui.ui.dialogs.two_texts import Choice

        if not await self.saved():
            # What still is on its way would come after what is chosen now.
            return
        try:
            if choice is Choice.MINE:
                await asyncio.to_thread(session.file.overwrite, session.case)
            else:
                session.adopt(await asyncio.to_thread(session.file.take_theirs, session.case))
        except ImrError as error:
            self.complain(error)
            return
        self.drop_notice("choice")
        self.save_state = f"Saved {self.now:%H:%M:%S}"
        if choice is Choice.THEIRS:
            self.case = session.case
            self._close_dialogs()
            self.show_again()

    def _close_dialogs(self) -> None:
        """Close the dialogs over the stage, which show the text that goes on no more."""
        from imr_tui.ui.dialogs.dialog import Dialog

        while isinstance(self.screen, Dialog):
            self.screen.dismiss(None)

    def _follow_file(self) -> None:
        """Show what the session that has the case has written, unless something is typed here."""
        session = self.session
        if session is None or session.writes_case or session.has_copy:
            return
        try:
            session.reread()
        except ImrError:
            return
        self.case = session.case
        self.show_again()

    async def on_event(self, event: events.Event) -> None:
        is_typed = isinstance(event, events.Key | events.Paste)
        if is_typed and self.claim_monitor is not None and not self.is_locked:
            self.claim_monitor.note_key()
        await super().on_event(event)

    # ── Another session wants the case, or has it ────────────────────────────────────────

    @on(ClaimAsked)
    def tell_asked(self, message: ClaimAsked) -> None:
        if self.session is None or not self.session.writes_case:
            return
        self._asks = message.holder
        who = f"{message.holder.who} on {message.holder.host}"
        self.tell(Notice("request", f"{who} asks for this case.", "Answer"))

    @on(ClaimWithdrawn)
    def tell_withdrawn(self) -> None:
        self._settle_request("It is not asked for any more.")

    def _settle_request(self, says: str) -> None:
        """Close the question of another session; its dialog, if it is open, only tells why."""
        from imr_tui.ui.dialogs.request import RequestScreen

        self.drop_notice("request")
        for screen in self.screen_stack:
            if isinstance(screen, RequestScreen):
                screen.settle(says)

    def _open_request(self) -> None:
        from imr_tui.ui.dialogs.request import RequestScreen

        if self._asks is not None and not isinstance(self.screen, RequestScreen):
            self.push_screen(RequestScreen(self._asks), partial(self._answer, self._asks))

    def _answer(self, holder: Holder, gives: bool | None) -> None:
        if self.claim_monitor is None or gives is None:
            return
        self.drop_notice("request")
        if gives:
            self._give(holder, self.claim_monitor)
        else:
            self.claim_monitor.refuse()

    @work(exclusive=True, group=f"{ASIDE}-give")
    async def _give(self, holder: Holder, claim_monitor: ClaimMonitor) -> None:
        if not await asyncio.to_thread(claim_monitor.give, holder):
            claim_monitor.refuse()
            self._say("The case is not on the disk yet, so it stays here.")

    @on(ClaimLost)
    def tell_lost(self, message: ClaimLost) -> None:
        who = f"{message.holder.who} on {message.holder.host}"
        self._settle_request(f"All is saved, and {who} has the case now.")
        self.held_by = message.holder
        self.save_state = f"Given to {message.holder.who}"
        says = f"Given to {message.holder.who}; what you type is kept as a copy."
        self.tell(Notice("given", says, "Ask for it"))
        self.refresh_bindings()

    @on(ClaimRefused)
    def tell_refused(self, message: ClaimRefused) -> None:
        self._say(f"{message.holder.who} on {message.holder.host} keeps the case.")

    @on(ClaimFree)
    def tell_free(self, message: ClaimFree) -> None:
        if message.is_wanted:
            self.between_keys(self.action_take_over)
        elif self.held_by is not None:
            key = key_name(KEY) if self.notices else "t"
            self._say(f"The case is free now; {key} takes it over.")

    def action_take_over(self) -> None:
        if self.held_by is None or self.claim_monitor is None:
            return
        from imr_tui.store.locking.claim import Held, claim

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
        assert self.claim_monitor is not None
        try:
            self.claim_monitor.ask(self._me)
        except ImrError as error:
            self.complain(error)
        else:
            self._say(
                f"{holder.who} on {holder.host} is asked for the case. It comes here as soon as "
                "it is given, or after a minute in which nobody types there."
            )

    def _take_over(self, number: str, claim: Claim) -> None:
        """Write the case from now on; what was typed into a copy meanwhile is a second text."""
        copy = self.session.case if self.session is not None and self.session.has_copy else None
        before = self.read_only, self.held_by
        try:
            file = self.folder.open(number)
            if copy is not None:
                file.save_aside(copy)
            self.read_only, self.held_by = "", None
            self._begin(file, claim, Event.TAKEN_OVER)
        except ImrError as error:
            self.read_only, self.held_by = before
            claim.release()
            self.complain(error)
            return
        if copy is None:
            self.show_again()
        self._say("You write this case now.")

    @work(exclusive=True, group=f"{ASIDE}-save")
    async def action_save(self) -> None:
        await self.saved()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take_over":
            return self.case is not None and self.held_by is not None
        return super().check_action(action, parameters)

    def _say(self, sentence: str) -> None:
        self.notify(sentence, timeout=20, markup=False)

"""Stage 5: the findings of the checks, and the letter exactly as it will be written."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.checks.next_finding import listed
from imr_tui.checks.report import explain, located
from imr_tui.checks.rule import digest
from imr_tui.errors import ImrError
from imr_tui.letter.render.preview import Preview
from imr_tui.model import edits
from imr_tui.services.sign_case import why_not_ready
from imr_tui.session.findings_in_words import (
    finding_line,
    signed_verdict,
    unresolved,
    verdict,
    ways_of,
)
from imr_tui.session.reasons import draft_of
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.ui import dialogs
from imr_tui.ui.dialogs.reasons import AcceptanceScreen
from imr_tui.ui.messages import LetterWanted, SigningWanted
from imr_tui.ui.stages.review_keys import KEYS
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.letter_view import LetterView

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks import Finding
    from imr_tui.checks.rule import Span
    from imr_tui.domain.workflow import Place, Stage


class ReviewScreen(StageScreen):
    """Enter on a finding goes to its text; `w` writes the letter once no error is left."""

    BINDINGS = KEYS

    def __init__(self, stage: Stage, at: Place | None = None, span: Span | None = None) -> None:
        super().__init__(stage, at, span)
        self._findings: tuple[Finding, ...] = ()
        self._fault = ""
        self._written = ""
        self._is_outdated = False
        self._knows = False

    def form(self) -> Iterable[Widget]:
        yield Static("", id="verdict", classes="heading")
        found = OptionList(id="findings", compact=True)
        found.border_title = "Findings"
        yield found
        yield LetterView(id="letter")

    def below(self) -> Iterable[Widget]:
        return ()

    def beside(self) -> Iterable[Widget]:
        return ()

    def first(self) -> str:
        return "findings" if any(each.is_open for each in self._findings) else "letter"

    def on_mount(self) -> None:
        self.app.parts.checking.check_now()
        if not self.app.read_only:
            self.app.parts.signing.look_for_keys(self._show_verdict)
        self.watch(self.app, "findings", self._show)
        self._show_verdict()
        self.watch(self.app, "letter_state", self._show_verdict, init=False)

    def resumed(self) -> None:
        if self._is_outdated and self._knows:
            self._redraw_letter()

    def _show(self, findings: tuple[Finding, ...] | None) -> None:
        if (
            self.app.case is None
            or findings is None
            or not self.app.parts.checking.findings_current
        ):
            return
        self._findings = listed(findings)
        found = self.query_one("#findings", OptionList)
        at = found.highlighted
        if at is None:
            at = self.app.parts.finding_walk.row(self._findings)
        found.set_options(Option(Content(finding_line(each))) for each in self._findings)
        found.highlighted = min(at, len(self._findings) - 1) if self._findings else None
        found.display = bool(self._findings)
        if not self._knows:
            self._knows = True
            if self.is_mounted and self.start.resume_point is None:
                self.focus_id(self.first())
        self._redraw_letter()
        self._show_verdict()
        self.refresh_bindings()

    def _redraw_letter(self) -> None:
        """Show the letter as it is now; under a dialog, once the dialog is closed."""
        self._is_outdated = not self.is_active
        if not self._is_outdated:
            self._draft(is_draft=self._is_held_back())

    @work(exclusive=True, group=BACKGROUND)
    async def _draft(self, *, is_draft: bool) -> None:
        # On a thread, as a long letter takes longer than a key may wait.
        try:
            letter = await in_thread(partial(self.app.parts.output.preview, draft=is_draft))
            self._written = await asyncio.to_thread(self.app.parts.output.written_state)
            self._fault = ""
        except ImrError as error:
            # The error may need several lines, so it is shown in place of the letter.
            self._fault = str(error)
            letter = Preview.of_text(self._fault)
        if not (views := self.query(LetterView)):
            # The app ended in the meantime.
            return
        views.first().show(letter)
        self._show_verdict()
        self.refresh_bindings()

    # ── The line above the findings ──────────────────────────────────────────────────────

    def _show_verdict(self) -> None:
        if self.app.case is None or not self.is_attached:
            # The case is being left, which clears the state of its letter.
            return
        # It is gone while the screen is being replaced.
        for line in self.query("#verdict").results(Static):
            line.update(Content(self._verdict()), layout=False)

    def _verdict(self) -> str:
        if not self._knows:
            return "Checking..."
        if self._fault:
            return "The letter cannot be made:"
        written, number = self.app.letter_state or self._written, self.app.open_case.number
        ways = ways_of(self.app.keys)
        if says := signed_verdict(self.app.parts.output.standing, written, number, ways):
            return says
        can_sign = not self.why_not("sign", ())
        return verdict(self._findings, written, number, can_sign=can_sign, ways=ways)

    @property
    def _unresolved(self) -> int:
        """The number of warnings that are neither fixed nor accepted."""
        return unresolved(self._findings)

    def explained(self) -> str:
        finding = self._highlighted
        if finding is None or self.focused_id != "findings":
            return ""
        found = (finding.hit.message, *located(self.app.open_case, finding))
        return "\n".join((*found, "", explain(finding.rule)))

    # ── Actions ──────────────────────────────────────────────────────────────────────────

    def _is_held_back(self) -> bool:
        return any(finding.severity == "error" for finding in self._findings)

    @property
    def _highlighted(self) -> Finding | None:
        """The finding that is highlighted."""
        at = self.query_one("#findings", OptionList).highlighted
        return self._findings[at] if at is not None and at < len(self._findings) else None

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action not in ("write", "sign", "accept", "withdraw") or not self.is_mounted:
            return super().why_not(action, parameters)
        if self.app.read_only:
            is_there = action == "write" and self.app.parts.output.is_signed
            return "" if is_there else self.app.read_only
        finding = self._highlighted
        if action in ("write", "sign"):
            return self._why_not_write() or (self._why_not_sign() if action == "sign" else "")
        if action == "accept" and (finding is None or finding.severity != "warning"):
            return "Only a warning can be accepted; an error must be fixed."
        if action == "withdraw" and (finding is None or finding.accepted is None):
            return "This finding was not accepted."
        return ""

    def _why_not_write(self) -> str:
        if not self._knows:
            return "The case is being checked."
        if self._is_held_back():
            return "An error blocks the letter. Enter jumps to it."
        return "The letter cannot be made: see the reason below." if self._fault else ""

    def _why_not_sign(self) -> str:
        return why_not_ready(self._findings) or self.app.parts.signing.why_no_key

    def action_sign(self) -> None:
        self.post_message(SigningWanted())

    def action_write(self, as_pdf: bool = False) -> None:
        """Write the letter; with unresolved warnings only after asking."""
        wanted = LetterWanted(as_pdf)

        def write_anyway(is_wanted: bool | None) -> None:
            if is_wanted:
                self.post_message(wanted)

        if (count := self._unresolved) and not self.app.parts.output.is_signed:
            self.app.push_screen(dialogs.unresolved.UnresolvedScreen(count), write_anyway)
        else:
            self.post_message(wanted)

    @on(OptionList.OptionHighlighted)
    def look_at(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def go(self, event: OptionList.OptionSelected) -> None:
        self.app.parts.finding_walk.visit(self._findings[event.option_index])

    def action_accept(self) -> None:
        finding = self._highlighted
        if finding is None:
            return
        key = finding.key
        together = tuple(each for each in self._findings if each.key == key)
        given = finding.accepted.reason if finding.accepted else ""

        def accept(reason: str | None) -> None:
            if reason is None:
                return
            change = partial(edits.acknowledge, key=key, reason=reason, now=self.app.now)
            said_of = digest(self.app.open_case, together)
            self.edit(partial(change, digest=said_of), gives=draft_of(finding))

        self.app.push_screen(AcceptanceScreen(together, given), accept)

    def action_withdraw(self) -> None:
        if (finding := self._highlighted) is not None:
            self.edit(partial(edits.withdraw, key=finding.key))

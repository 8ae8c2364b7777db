"""The page of Review: the findings one at a time, the letter, and the signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.domain.workflow import LAST
from imr_tui.errors import ImrError
from imr_tui.plain.command import Command
from imr_tui.plain.correcting import begin_correction_of
from imr_tui.plain.finding_commands import FindingCommands
from imr_tui.plain.letter_page import read_letter
from imr_tui.plain.letter_writing import write_open_letter
from imr_tui.plain.signing_page import prepare_to_sign
from imr_tui.services.write_letter import written_sentence
from imr_tui.session.findings_in_words import Ways, signed_verdict, verdict

if TYPE_CHECKING:
    from imr_tui.checks import Finding
    from imr_tui.domain.workflow import Stage
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession

_WRITES = ("letter.write", "unresolved.write")
_WAYS = Ways("f names the next one.", "f names the next one, a accepts it.")


class ReviewPage:
    """`f` names one finding after the other, in the order of the app's list."""

    title = "Review"
    stage = LAST

    def __init__(self, session: PlainSession, show: Callable[[Stage], Page]) -> None:
        """`show` makes the page of a stage."""
        self._session = session
        self._findings = FindingCommands(session, show)

    # ── What is said ─────────────────────────────────────────────────────────────────────

    def lines(self) -> Iterator[str]:
        """Whether the letter can be written, and how many findings there are."""
        findings = self._findings.findings
        try:
            yield self._verdict(findings)
        except ImrError as error:
            yield f"Error: {error}"
        if findings:
            count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
            yield f"{count} in all. list names them all."

    def _verdict(self, findings: tuple[Finding, ...]) -> str:
        session = self._session
        written = written_sentence(session.folder, session.case, session.now)
        if says := signed_verdict(session.standing, written, session.case.number):
            return says
        return verdict(findings, written, session.case.number, ways=_WAYS)

    def prompt(self) -> str:
        """The number of the case."""
        return f"Review of {self._session.case.number}"

    def commands(self) -> Sequence[Command]:
        """What can be done with the findings and the letter."""
        signed = Command("correct", "correct printed words", self._correct)
        unsigned = Command("s", "sign", self._sign, ("case.sign",))
        return (
            *self._findings.commands(),
            Command("w", "write the letter", self._write, _WRITES),
            signed if self._session.is_signed else unsigned,
            Command("l", "read the letter", self._read, ("reading.letter",)),
            Command("pdf", "write the PDF", self._write_pdf, ("letter.pdf",), False),
        )

    # ── The letter ───────────────────────────────────────────────────────────────────────

    def _read(self, rest: str) -> Page | None:
        return read_letter(self._session, lambda: self)

    def _write(self, rest: str) -> None:
        write_open_letter(self._session, as_pdf=False)

    def _write_pdf(self, rest: str) -> None:
        write_open_letter(self._session, as_pdf=True)

    def _sign(self, rest: str) -> Page | None:
        return prepare_to_sign(self._session, lambda: self)

    def _correct(self, rest: str) -> None:
        if begin_correction_of(self._session):
            self._session.console.say(*self.lines())

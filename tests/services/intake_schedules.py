"""A reviewer and an organization at one case, in an order that is left to chance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from unittest import mock

from imr_tui.errors import ImrError
from imr_tui.model import edits, reviewer_edits
from imr_tui.model.case import Case
from imr_tui.services.intake_decision import Decision, decide
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.history.versions import Versions
from imr_tui.store.intake.new_facts import new_facts, settle_new_facts
from imr_tui.store.locking.claim import Claim, claim
from imr_tui.store.locking.holder import this_session
from tests.builders import NOW, NUMBER
from tests.services.intake_rows import a_given_case, an_assignment, take_in

STEPS = 8
"""Steps of a schedule."""
_DECIDED = "imr_tui.services.intake.decide"
_REPLACED = "imr_tui.store.history.versions.Versions.note"
"""What is called just before somebody changes the case during an intake."""


class Schedule:
    """A case, and what a reviewer and an organization do with it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._path = folder / f"{NUMBER}.toml"
        self._random = Random(seed)
        self._count = 0
        self._claim: Claim | None = None
        self.started: bytes | None = None
        """The text of the case since a reviewer changed a field; None before."""
        self.was_raced = False
        """Whether a reviewer changed the case while it was being taken in."""

    def run(self) -> str:
        """Do some steps; what is wrong with the case then, or blank."""
        try:
            self._send()
            for _ in range(STEPS):
                step = self._random.choice(self._steps())
                step()
                if self.started is not None and self._path.read_bytes() != self.started:
                    return f"a started case was altered by {step.__name__}"
        finally:
            self._close()
        return ""

    def _steps(self) -> list[Callable[[], None]]:
        return [
            *(self._send, self._send, self._send_while_it_is_changed, self._withdraw),
            *(self._open, self._close, self._edit, self._fill_in, self._settle),
        ]

    def _given(self) -> Case:
        text = self._random.choice(["", "M75.41 Impingement", "M54.5 Low back pain"])
        requests = self._random.choice([["MRI"], ["MRI", "Therapy"]])
        return a_given_case(diagnosis=text, requests=requests)

    def _send(self) -> None:
        take_in(self._folder, self._given())

    def _withdraw(self) -> None:
        take_in(self._folder, an_assignment(self._given(), "withdrawn"))

    def _send_while_it_is_changed(self) -> None:
        """Take a case in, which somebody changes at one moment of it."""
        moment = self._random.choice((_DECIDED, _REPLACED))
        real: Callable[..., Decision | bool] = decide if moment == _DECIDED else Versions.note

        def changed(*given: object) -> Decision | bool:
            result = real(*given)
            self._edit()
            self.was_raced = True
            return result

        with mock.patch(moment, changed):
            self._send()

    def _open(self) -> None:
        if self._claim is None:
            self._claim = claim(self._folder, NUMBER, this_session(NOW))

    def _close(self) -> None:
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    def _edit(self) -> None:
        """Write a summary, as an editor or a session does."""
        self._count += 1
        case = open_case(self._path).case
        self._path.write_bytes(encode(edits.set_summary(case, f"Text {self._count}.")))
        self.started = self._path.read_bytes()

    def _fill_in(self) -> None:
        """Open the credentials, which are filled in then."""
        case = open_case(self._path).case
        filled = reviewer_edits.prefill(case, ["Texas"], ["Pain Management"])
        self._path.write_bytes(encode(filled))
        if self.started is not None:
            self.started = self._path.read_bytes()

    def _settle(self) -> None:
        """Reject all new facts."""
        try:
            waiting = new_facts(self._folder, NUMBER)
        except ImrError:
            return
        if waiting is not None:
            settle_new_facts(self._folder, NUMBER, waiting.after)

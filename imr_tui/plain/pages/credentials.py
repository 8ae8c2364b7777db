"""The page of the reviewer's licenses, specialties and attestations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.catalogue import credentials
from imr_tui.domain import case_in_words
from imr_tui.domain.workflow import Stage
from imr_tui.errors import ImrError
from imr_tui.model import reviewer_edits
from imr_tui.model.limits import ATTESTATIONS
from imr_tui.plain.command import Command

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Reviewer
    from imr_tui.model.limits import Attestation
    from imr_tui.plain.session import PlainSession


class _List(NamedTuple):
    """A field with a list of known titles."""

    label: str
    """Its name."""
    noun: str
    """What an entry is."""
    known: Callable[[], Sequence[str]]
    """Returns the known titles."""
    change: Callable[[Case, Sequence[str]], Case]
    """The edit that sets it."""
    value: Callable[[Reviewer], Sequence[str]]
    """Its entries in a case."""


_LICENSES = _List(
    "States of licensure",
    "state",
    credentials.states,
    reviewer_edits.set_licenses,
    lambda reviewer: reviewer.licenses,
)
_SPECIALTIES = _List(
    "Specialties",
    "specialty",
    credentials.specialties,
    reviewer_edits.set_specialties,
    lambda reviewer: reviewer.specialties,
)
_OFFER = ("offer.yes", "offer.no")
"""The answers to the question that follows a change of either list."""


class CredentialsPage:
    """Blank fields are prefilled from the profile; attestations never are."""

    title = "Credentials"
    stage = Stage("credentials")

    def __init__(self, session: PlainSession, item: int | None = None) -> None:
        self._session = session
        self._console = session.console

    @property
    def _reviewer(self) -> Reviewer:
        return self._session.case.reviewer

    def lines(self) -> Iterable[str]:
        for field in (_LICENSES, _SPECIALTIES):
            yield f"{field.label}: {', '.join(field.value(self._reviewer)) or 'blank'}"
        yield "For this case I attest, each by its number:"
        for number, key in enumerate(ATTESTATIONS, 1):
            yield from self._statement(number, key)

    def _statement(self, number: int, key: Attestation) -> Iterable[str]:
        """A statement, whether it is given, and what it refers to."""
        case = self._session.case
        mark = "given" if key in self._reviewer.attested else "not given"
        yield f"{number}. {mark}: {ATTESTATIONS[key]}"
        if key == "no-affiliation":
            yield from case_in_words.parties(case) or ["No party is named yet: record adds them."]
        if key == "same-specialty":
            yield from case_in_words.condition(case)

    def prompt(self) -> str:
        given = sum(key in self._reviewer.attested for key in ATTESTATIONS)
        return f"Credentials, {given} of {len(ATTESTATIONS)} attested, 1 to 6 attest or withdraw"

    def commands(self) -> Sequence[Command]:
        return [
            Command("states", "set the states", partial(self._ask, _LICENSES), _OFFER),
            Command("specialties", "set the specialties", partial(self._ask, _SPECIALTIES), _OFFER),
            *(
                Command(
                    str(number),
                    f"attest, or withdraw: {ATTESTATIONS[key]}",
                    partial(self._attest, number, key),
                    (f"credentials.attest-{number}",),
                    is_shown=False,
                )
                for number, key in enumerate(ATTESTATIONS, 1)
            ),
        ]

    def _attest(self, number: int, key: Attestation, rest: str) -> None:
        is_given = key in self._reviewer.attested
        did = "withdrawn" if is_given else "given"
        change = partial(reviewer_edits.toggle_attestation, key=key, now=self._session.now)
        self._session.edit(change, f"Attestation {number} is {did}: {ATTESTATIONS[key]}")

    # ── Licenses and specialties ─────────────────────────────────────────────────────────

    def _ask(self, field: _List, typed: str) -> None:
        """`states Texas, FL` sets a list; without one, it is asked for."""
        if self._session.read_only:
            self._console.error(self._session.read_only)
            return
        now = ", ".join(field.value(self._reviewer))
        typed = typed or self._console.ask(f"{field.label}, now {now or 'blank'}, blank keeps")
        if not typed:
            return
        known = field.known()
        whole = credentials.spelled_out(credentials.accepted(typed, known), known)
        listed = credentials.split_list(whole, known)
        says = f"{field.label}: {', '.join(listed)}."
        if self._session.edit(lambda case: field.change(case, listed), says):
            for unknown in credentials.unknown(whole, known):
                title = credentials.nearest(unknown, known)
                meant = f" Did you mean {title}?" if title else ""
                self._console.say(f'"{unknown}" is not a known {field.noun}.{meant}')
            self._offer_profile(is_sure=not credentials.unknown(whole, known))

    def _offer_profile(self, *, is_sure: bool) -> None:
        """Offer to correct the profile, too, if both lists have known entries."""
        profile, ours = self._session.profile, self._reviewer
        if profile is None or not (is_sure and ours.licenses and ours.specialties):
            return
        changed = profile.but(licenses=ours.licenses, specialties=ours.specialties)
        if changed == profile:
            return
        said = "; ".join(", ".join(each) for each in (profile.licenses, profile.specialties))
        self._console.say(f"Your profile says: {said}.")
        if self._console.confirm("Correct your profile, too?"):
            from imr_tui.store.config.profile import save_profile

            try:
                save_profile(self._session.folder, changed)
            except ImrError as error:
                self._console.error(str(error))
            else:
                self._session.profile = changed
                self._console.say("Profile saved. Your next cases start with these credentials.")

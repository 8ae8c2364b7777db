"""Makes the public copy of a case's letter, unless somebody else may be named in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from imr_tui import checks
from imr_tui.checks.context import text_at
from imr_tui.checks.rules.wording.privacy import names_of_parties, other_names
from imr_tui.checks.setup import Policy
from imr_tui.letter.public.public_copy import PublicCopy, not_found_alone, public_copy
from imr_tui.reading.language.patterns import unaccented
from imr_tui.services.check_case import load_setup
from imr_tui.services.write_letter import letter_of
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.checks import CheckSetup, Finding
    from imr_tui.domain.workflow import Place
    from imr_tui.model.case import Case
    from imr_tui.services.open_case import Target
    from imr_tui.signing.events import EventName

RULE = "IMR501"
"""The rule that finds names, numbers and addresses in a letter."""
EVENT: EventName = "exported"
"""The event of a copy that was printed or written."""


class Unresolved(NamedTuple):
    """Words that may identify somebody, and that nobody has accepted."""

    place: Place
    """The field that has them."""
    kind: str
    """What they look like, with an article: "a name"."""
    words: str
    """The words, on one line."""


class PublicLetter(NamedTuple):
    """The public copy of a letter, or what blocks it."""

    copy: PublicCopy | None = None
    """The copy; None if it is blocked."""
    errors: tuple[Finding, ...] = ()
    """The findings that block the letter itself."""
    unresolved: tuple[Unresolved, ...] = ()
    """The words that block the copy."""
    kept_alone: tuple[str, ...] = ()
    """Words of the parties' names that stay in the copy where they stand alone."""
    has_parties: bool = True
    """Whether the case names any party."""
    is_checked: bool = True
    """Whether the folder's settings let other names block the copy."""


def public_letter(target: Target, today: date, *, requires_signature: bool) -> PublicLetter:
    """Make the public copy of the letter that `letter_of` makes, or that was signed.

    Raises what `letter_of` raises. With `requires_signature`, an unsigned one is marked as a draft.
    """
    letter = letter_of(target, today, requires_signature=requires_signature)
    if letter.errors:
        return PublicLetter(errors=letter.errors)
    case = target.open()
    setup = load_setup(target.folder, today).setup
    if unresolved := tuple(_unresolved(case, setup)):
        return PublicLetter(unresolved=unresolved)
    return PublicLetter(
        public_copy(letter.text, case.parties),
        kept_alone=not_found_alone(case.parties),
        has_parties=bool(case.parties.named()),
        is_checked=setup.policy.severity(checks.RULES[RULE]) in ("error", "warning"),
    )


def _unresolved(case: Case, setup: CheckSetup) -> Iterator[Unresolved]:
    """What else identifies somebody in the fields with an open finding.

    A finding of a party's name does not count, because the copy has blanks in its place.
    """
    found = checks.run(setup.context(case), Policy(select=[RULE], site=setup.policy.site))
    names = names_of_parties(case.parties)
    for place in dict.fromkeys(each.place for each in found if each.is_open):
        text = text_at(case, place)
        for kind, span in other_names(unaccented(text), names):
            yield Unresolved(place, kind, words_at(text, span))

"""IMR502 and IMR503: the reviewer's name and credentials."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.catalogue import credentials
from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.language.patterns import unaccented
from imr_tui.reading.people.names import mention_pattern

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


@rule(
    "IMR502",
    "reviewer-named",
    "error",
    why="The reviewer's name is confidential and must not appear in a letter.",
    source="Labor Code 4610.6(f)",
    fires={"reviewer": "Avery Sampleton", "rationale": "Signed, Avery B. Sampleton, M.D."},
    passes={"reviewer": "Avery Sampleton", "rationale": "A sample of avery was not taken."},
)
def reviewer_named(context: CheckContext) -> Iterator[Hit]:
    """A printed text contains the reviewer's own name, from the profile or the account.

    The full name counts in either order. So does the surname with a title, a degree or an initial.
    The surname alone does not count, since it may be the name of a clinical sign. Case matters:
    "drew long breaths" does not name Drew Long. The login name counts if it contains more than the
    surname and has at least six characters.
    """
    if (pattern := mention_pattern(context.reviewer, context.login)) is None:
        return
    for place, text in context.printed:
        if match := pattern.search(unaccented(text)):
            yield Hit(
                place, "This is your own name. Letters must not name the reviewer.", match.span()
            )


@rule(
    "IMR503",
    "credential-unknown",
    "warning",
    why="The letter describes the reviewer's qualifications, so their spelling matters.",
    source="Labor Code 4610.6(f); a specialty was printed misspelled once in 194 letters",
    fires={"reviewer.specialties": ("Sports Medicinea",)},
    passes={"reviewer.specialties": ("Sports Medicine", "Pain Management")},
)
def credential_unknown(context: CheckContext) -> Iterator[Hit]:
    """A state of licensure or a specialty is not in the list. Accept the warning to keep it.

    The list holds the certificates of the ABMS and AOA, and the boards and professions of the other
    physicians of Labor Code 3209.3. Two specialties joined by a slash or a dash are accepted.
    """
    reviewer = context.case.reviewer
    yield from _unknown("licenses", reviewer.licenses, credentials.states())
    yield from _unknown("specialties", reviewer.specialties, credentials.specialties())


def _unknown(field: str, given: Sequence[str], known: Sequence[str]) -> Iterator[Hit]:
    is_known = credentials.is_specialty if field == "specialties" else credentials.state
    start = 0
    for each in given:
        if each.strip() and not is_known(each):
            near = difflib.get_close_matches(each.strip(), known, 1, 0.8)
            hint = f"Did you mean {near[0]}?" if near else "Check the spelling."
            says = f"{each.strip()} is not in the list of {field}. {hint}"
            yield Hit(Place(f"reviewer.{field}"), says, (start, start + len(each)))
        start += len(each) + 1

"""IMR503: licences and specialties that are not in the reference tables."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.catalogue import credentials
from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


@rule(
    "IMR503",
    "credential-unknown",
    "warning",
    why="The letter describes the reviewer's qualifications, and a misspelled one describes none.",
    source="Labor Code 4610.6(d); a specialty was printed misspelled once in 194 letters",
    fires={"reviewer.specialties": ("Sports Medicinea",)},
    passes={"reviewer.specialties": ("Sports Medicine", "Pain Management")},
)
def credential_unknown(context: CheckContext) -> Iterator[Hit]:
    """A licence or a specialty is in no list; free text stays possible, once it is accepted."""
    reviewer = context.case.reviewer
    yield from _unknown("licenses", reviewer.licenses, credentials.states())
    yield from _unknown("specialties", reviewer.specialties, credentials.specialties())


def _unknown(field: str, given: Sequence[str], known: Sequence[str]) -> Iterator[Hit]:
    find = credentials.state if field == "licenses" else credentials.specialty
    start = 0
    for each in given:
        if each.strip() and find(each) is None:
            near = difflib.get_close_matches(each.strip(), known, 1, 0.8)
            hint = f"perhaps {near[0]} is meant" if near else "check how it is spelled"
            says = f"{each.strip()} is not in the list of {field}; {hint}."
            yield Hit(Place(f"reviewer.{field}"), says, (start, start + len(each)))
        start += len(each) + 1

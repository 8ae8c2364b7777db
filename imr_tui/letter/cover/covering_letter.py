"""Renders the covering letter of a decided case: addressees, dates, decisions and the appeal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from imr_tui.domain.overall import overall
from imr_tui.domain.workflow import Place
from imr_tui.errors import BadInput
from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.render.renderer import letter_variables, letterhead_line, render_template
from imr_tui.letter.render.view import View, us_date
from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.model.case import Case

TEMPLATE = "covering_letter.txt.j2"
"""The template's file name, in the shipped folder and in a site's own."""
APPEAL_DAYS = 30
"""Days for an appeal, from the date of mailing (Labor Code 4610.6(h))."""
_DATES = (
    "date_of_injury",
    "ur_decision_date",
    "application_received",
    "date_assigned",
    "decision_date",
)


def render_covering_letter(case: Case, head: Letterhead, day: date) -> str:
    """Render the letter of `day` that goes out with the determination of `case`.

    It is ASCII and wrapped like the determination, and unlike that one it names the parties.
    Raises BadInput if an item is not decided yet, for a character without an ASCII form, and for a
    template that cannot be used.
    """
    result = overall(item.decision for item in case.items)
    if result is None:
        raise BadInput(
            f"{case.number} has no covering letter yet, because not every item is decided. "
            "Nothing was written. Decide all items first."
        )
    variables = letter_variables(case, head, draft=False) | {
        "date": us_date(day),
        "address": [letterhead_line(line) for line in head.address],
        "medical_director": letterhead_line(head.medical_director),
        "addressees": list(addressees(case)),
        "facts": list(_facts(case)),
        "overall": result,
        "appeal_days": APPEAL_DAYS,
    }
    return render_template(TEMPLATE, variables, head)


def addressees(case: Case) -> Iterator[tuple[str, str]]:
    """To whom the determination goes, with the role of each (Labor Code 4610.6(f)).

    Raises BadInput for a name that cannot be printed.
    """
    parties = case.parties
    by_field: dict[str, tuple[str, ...]] = {
        "employee": (parties.employee,),
        "claims_administrator": (parties.claims_administrator,),
        "adjuster": (parties.adjuster,),
        "employer": (parties.employer,),
        "providers": parties.providers,
    }
    view = View(case, draft=False)
    for field, names in by_field.items():
        role = "provider" if field == "providers" else field.replace("_", " ")
        for name in names:
            if printed := one_line(view.ascii_text(name, Place(f"parties.{field}"))):
                yield printed, role


def _facts(case: Case) -> Iterator[tuple[str, str]]:
    """The number and the known dates of the case, each with its label."""
    particulars = case.particulars
    yield DIALECT.header["number"], case.number
    for field in _DATES:
        day: date | None = getattr(particulars, field)
        if day is not None:
            yield DIALECT.header[field], us_date(day)
    yield DIALECT.header["priority"], particulars.priority.capitalize()

"""Cases made of a few fields by name, in the way the rules give their examples."""

import re
from datetime import date
from typing import Any, get_args

from imr_tui.checks import CheckContext
from imr_tui.checks.rule import Example
from imr_tui.model.case import Case, Item
from imr_tui.model.evidence import Citation
from tests.builders import a_complete_case

SUMMARY = (
    "This 54 year old man sustained an industrial injury on 10/23/2013 when he lifted a box. "
    "Diagnoses include a sprain of the neck. Treatment has included medication and six visits of "
    "therapy. On 10/14/2014 his physician noted neck pain rated 7/10, full strength and a normal "
    "gait. Massage therapy was requested to bring the pain down and to let him work longer. "
    "The request was denied by utilization review on 11/05/2014, for the earlier therapy had not "
    "brought the pain down, and the notes told of no gain in what he can do at work or at home."
)
RATIONALE = (
    "The guideline recommends massage for the neck beside other treatment, for four to six visits "
    "in most cases. The worker had six visits of therapy in September, and the October notes show "
    "the same pain and the same limits at work. More massage for the neck is not medically "
    "necessary."
)
CITATION = Citation(title="Neck Complaints", year=2004, sections=("Massage",), standard="A")
_OTHER_ITEM = {"request": "X-ray of the chest", "rationale": "His lungs are clear. It is not due."}
_ITEM = re.compile(r"(?:item (?P<item>\d+) )?(?P<field>\w+)")


def base() -> Case:
    """A case in which no rule finds anything."""
    case = a_complete_case((Item(request="Massage of the neck, 6 sessions", decision="upheld"),))
    item = case.items[0].but(rationale=RATIONALE, citations=(CITATION,))
    particulars = case.particulars.but(
        date_of_injury=date(2013, 10, 23),
        date_assigned=date(2014, 11, 21),
        ur_decision_date=date(2014, 11, 5),
        application_received=date(2014, 11, 12),
        records_received=date(2014, 11, 20),
    )
    return case.but(particulars=particulars, summary=case.summary.but(text=SUMMARY), items=(item,))


def example(fields: Example) -> CheckContext:
    """The base case with `fields`: "case.decision_date", "rationale", "item 2 request", "today"."""
    case, around = base(), dict[str, Any]()
    for name, value in fields.items():
        if name in ("today", "reviewer", "misspelled"):
            around[name] = _day(value) if name == "today" else value
        elif name in Case.model_fields:
            case = case.but(**{name: value})
        elif "." in name:
            case = _in_part(case, name, value)
        else:
            case = _in_item(case, name, value)
    return CheckContext(case, **around)


def _in_part(case: Case, name: str, value: Any) -> Case:
    part, _, field = name.partition(".")
    part = "particulars" if part == "case" else part
    owner = getattr(case, part)
    wants_day = date in get_args(type(owner).model_fields[field].annotation)
    return case.but(**{part: owner.but(**{field: _day(value) if wants_day else value})})


def _in_item(case: Case, name: str, value: Any) -> Case:
    match = _ITEM.fullmatch(name)
    assert match is not None, name
    number = int(match["item"] or 1)
    items = list(case.items)
    while len(items) < number:
        items.append(items[0].but(**_OTHER_ITEM))
    items[number - 1] = items[number - 1].but(**{match["field"]: value})
    return case.but(items=tuple(items))


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value

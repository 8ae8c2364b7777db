"""The names of fields in messages."""

from typing import Any

import pytest

from imr_tui.domain.field_names import (
    ITEM_FIELDS,
    ITEM_LISTS,
    PARTICULARS,
    PARTIES,
    TABLES,
    field_name,
)
from imr_tui.domain.workflow import Place
from imr_tui.model.case import Case, Item, Particulars, Parties

OTHER_PARTS = {
    *("schema_version", "particulars", "parties", "records", "reviewer", "summary", "items"),
    "acknowledged",
}
"""The parts of a case that messages do not name as a whole."""


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (Place("rationale", 1), "item 2 rationale"),
        (Place("citations[0]", 1), "item 2 citation 1"),
        (Place("administrator_citations[2]", 0), "item 1 administrator's citation 3"),
        (Place("original", 0), "item 1 original request"),
        (Place("summary.text"), "summary"),
        (Place("case.ur_decision_date"), "UR decision date"),
        (Place("case.number"), "number"),
        (Place("parties.employee"), "employee"),
        (Place("reviewer.licenses"), "licenses"),
        (Place("records"), "records"),
    ],
)
def test_the_name_of_a_field(place: Place, name: str) -> None:
    assert field_name(place) == name


def test_every_field_has_a_name() -> None:
    named: dict[Any, set[str]] = {
        Item: {*ITEM_FIELDS, *ITEM_LISTS, "rationale"},
        Parties: set(PARTIES),
        Particulars: {*PARTICULARS, "number", "imported", "own"},
        Case: {*TABLES, *OTHER_PARTS},
    }
    for part, names in named.items():
        assert names == set(part.model_fields)

"""The case: strict, frozen, closed to unknown keys, and named by a safe number."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from imr_tui.model.case import Case, Item, Parties, Summary, from_plain, to_plain
from imr_tui.model.limits import ATTESTATIONS, MAX_LINE, MAX_PROSE, MAX_ROWS, is_case_number
from imr_tui.model.value import Value
from tests.builders import MTUS, NOW, NUMBER, a_case, a_complete_case, an_item
from tests.rows import each_row
from tests.strategies import cases


def case_with(**tables: Any) -> Case:
    return from_plain({"case": {"number": NUMBER}} | tables)


def particulars(**changes: Any) -> dict[str, Any]:
    return {"case": {"number": NUMBER} | changes}


# What a number may be

NUMBERS = [
    "CM14-0187654",
    "a",
    "7",
    "CM14_1",
    "a.b",
    "A.b.c",
    "x" * 40,
    "a-",
    "a_",
    "CON",
    "v1.2-3",
]
NO_NUMBERS = [
    *("", " ", ".", "..", ".a", "-a", "_a", "a.", "a..b", "a.-b", "x" * 41, "x" * 39 + ".b"),
    *("CM14-1\n", "\nCM14-1", "CM14 1", "a/b", "../a", "a/../b", "/a", "a\\b", "a\x00", "a\x1b"),
    *("a:b", "a*", "~a", "$a", "é", "１４", "CM１４", "٣", "a\u200b", "a%2e", "a;b", 'a"b'),
]


@each_row("number", NUMBERS)
def test_case_number(number: str) -> None:
    assert is_case_number(number)
    assert Case.blank(number).number == number


@each_row("number", NO_NUMBERS)
def test_no_case_number(number: str) -> None:
    assert not is_case_number(number)
    with pytest.raises(ValidationError, match="up to 40 letters"):
        Case.blank(number)


# Strictness

REFUSED: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({}, ("case",), "missing"),
    ({"case": {}}, ("case", "number"), "missing"),
    ({"case": {"number": 14}}, ("case", "number"), "string_type"),
    (particulars(nmber="x"), ("case", "nmber"), "extra_forbidden"),
    (particulars(priority="urgent"), ("case", "priority"), "literal_error"),
    (particulars(priority="Standard"), ("case", "priority"), "literal_error"),
    (particulars(date_of_injury="2014-11-05"), ("case", "date_of_injury"), "date_type"),
    (particulars(date_of_injury=20141105), ("case", "date_of_injury"), "date_type"),
    (particulars(date_of_injury=NOW), ("case", "date_of_injury"), "date_type"),
    (particulars() | {"schema": True}, ("schema",), "int_type"),
    (particulars() | {"schema": "1"}, ("schema",), "int_type"),
    (particulars() | {"schema": 1.0}, ("schema",), "int_type"),
    (particulars() | {"schema": 0}, ("schema",), "greater_than_equal"),
    (particulars() | {"schema_version": 1}, ("schema_version",), "extra_forbidden"),
    (particulars() | {"particulars": {}}, ("particulars",), "extra_forbidden"),
    (particulars() | {"sumary": {}}, ("sumary",), "extra_forbidden"),
    (particulars() | {"summary": "text"}, ("summary",), "model_type"),
    (particulars() | {"summary": {"text": 5}}, ("summary", "text"), "string_type"),
    (particulars() | {"summary": {"text": b"x"}}, ("summary", "text"), "string_type"),
    (particulars() | {"items": {}}, ("items",), "tuple_type"),
    (
        particulars() | {"items": [{"decision": "Upheld"}]},
        ("items", 0, "decision"),
        "literal_error",
    ),
    (particulars() | {"items": [{"decision": ""}]}, ("items", 0, "decision"), "literal_error"),
    (particulars() | {"items": [{}, {"follows": True}]}, ("items", 1, "follows"), "int_type"),
    (particulars() | {"items": [{"follows": "1"}]}, ("items", 0, "follows"), "int_type"),
    (particulars() | {"items": [{"follows": -1}]}, ("items", 0, "follows"), "greater_than_equal"),
    (
        particulars() | {"records": [{"from_": date.max}]},
        ("records", 0, "from_"),
        "extra_forbidden",
    ),
    (particulars() | {"reviewer": {"name": "x"}}, ("reviewer", "name"), "extra_forbidden"),
    (
        particulars() | {"reviewer": {"attested": ["six"]}},
        ("reviewer", "attested", 0),
        "literal_error",
    ),
    (
        particulars() | {"reviewer": {"attested_at": datetime(2014, 12, 8)}},
        ("reviewer", "attested_at"),
        "timezone_aware",
    ),
    (
        particulars() | {"items": [{"citations": [{"year": 1899}]}]},
        ("items", 0, "citations", 0, "year"),
        "greater_than_equal",
    ),
    (
        particulars() | {"items": [{"citations": [{"year": True}]}]},
        ("items", 0, "citations", 0, "year"),
        "int_type",
    ),
]


@each_row(("data", "location", "kind"), REFUSED)
def test_refused(data: dict[str, Any], location: tuple[str | int, ...], kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        from_plain(data)
    first = caught.value.errors()[0]
    assert (first["loc"], first["type"]) == (location, kind)


def test_limits() -> None:
    assert case_with(parties={"employer": "x" * MAX_LINE}).parties.employer
    assert case_with(summary={"text": "x" * MAX_PROSE}).summary.text
    assert len(case_with(items=[{}] * MAX_ROWS).items) == MAX_ROWS
    with pytest.raises(ValidationError, match="too_long"):
        case_with(parties={"employer": "x" * (MAX_LINE + 1)})
    with pytest.raises(ValidationError, match="too_long"):
        case_with(summary={"text": "x" * (MAX_PROSE + 1)})
    with pytest.raises(ValidationError, match="too_long"):
        case_with(items=[{}] * (MAX_ROWS + 1))


# Values


def test_a_blank_case_presumes_nothing() -> None:
    case = Case.blank(NUMBER)
    assert case == case_with()
    assert case.reviewer.attested == ()
    assert case_with(items=[{}]).items[0].decision is None
    assert to_plain(case)["case"] == {"number": NUMBER, "priority": "standard"}


def test_values_are_frozen() -> None:
    case = a_complete_case()
    values: list[Value] = [case, case.particulars, case.items[0], case.items[0].citations[0]]
    for value in values:
        for name in type(value).model_fields:
            with pytest.raises(ValidationError, match="frozen"):
                setattr(value, name, None)


def test_texts_are_cleaned() -> None:
    case = case_with(
        summary={"text": "a\r\nb\x1b"}, parties={"employer": "a\nb\tc", "providers": ["\u202e"]}
    )
    assert case.summary == Summary(text="a\nb<U+001B>")
    assert case.parties == Parties(employer="a b c", providers=("<U+202E>",))


@given(cases())
def test_but_returns_self_when_nothing_changes(case: Case) -> None:
    assert case.but() is case
    assert case.but(items=tuple(case.items), summary=case.summary.model_copy()) is case
    assert case.particulars.but(priority=case.particulars.priority) is case.particulars


def test_but_leaves_the_old_value() -> None:
    case = a_case()
    changed = case.but(items=(an_item(),))
    assert changed.items == (an_item(),)
    assert case.items == ()
    assert changed.summary is case.summary


@given(cases())
def test_plain_and_back(case: Case) -> None:
    assert from_plain(to_plain(case)) == case


@given(cases())
def test_none_is_left_out(case: Case) -> None:
    def has_none(value: object) -> bool:
        if isinstance(value, dict):
            return any(has_none(each) for each in value.values())
        if isinstance(value, list | tuple):
            return any(has_none(each) for each in value)
        return value is None

    assert not has_none(to_plain(case))


def test_parties_named() -> None:
    parties = Parties(employee="A", employer=" ", providers=("B", ""))
    assert parties.named() == ("A", "B")


@pytest.mark.parametrize(
    ("original", "authorized", "is_modified"),
    [("", "", False), ("12", "", False), ("", "6", False), (" ", " ", False), ("12", "6", True)],
)
def test_is_modified(original: str, authorized: str, is_modified: bool) -> None:
    assert Item(original=original, authorized=authorized).is_modified is is_modified


def test_citation_facts() -> None:
    assert MTUS.is_mtus
    assert not MTUS.but(standard="B").is_mtus
    assert not MTUS.but(standard=None).is_mtus
    assert not MTUS.is_blank()
    assert MTUS.but(title=" ").is_blank()
    assert not MTUS.but(title="", text="x").is_blank()


def test_there_are_six_attestations() -> None:
    assert len(ATTESTATIONS) == 6
    assert all(sentence.endswith(".") for sentence in ATTESTATIONS.values())


def test_times_keep_their_moment() -> None:
    case = case_with(reviewer={"attested_at": datetime(2014, 12, 8, 9, 12, 44, tzinfo=UTC)})
    assert to_plain(case)["reviewer"]["attested_at"].isoformat() == "2014-12-08T09:12:44+00:00"

"""The walk: its order, what each stage misses, where to resume."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from imr_tui import checks
from imr_tui.domain import workflow
from imr_tui.domain.workflow import FIRST, LAST, Place, Stage
from imr_tui.model import evidence_edits
from imr_tui.model.case import Case, Reviewer, Summary
from imr_tui.model.evidence import Citation
from tests.builders import MTUS, a_case, a_complete_case, an_item
from tests.rows import each_row
from tests.strategies import cases

SUMMARY = Stage("summary")


def names(case: Case) -> list[str]:
    return [stage.name for stage in workflow.walk(case)]


def missing(case: Case, stage: Stage) -> list[str]:
    return [place.path for place in workflow.missing(case, stage)]


def test_the_walk() -> None:
    assert names(a_case()) == ["Credentials", "Summary", "Review"]
    items = ["Decision 1", "Citations 1", "Decision 2", "Citations 2"]
    assert names(a_complete_case(2)) == ["Credentials", "Summary", *items, "Review"]


@pytest.mark.parametrize(
    ("stage", "step", "there"),
    [
        (FIRST, 1, SUMMARY),
        (FIRST, -1, FIRST),
        (SUMMARY, 1, Stage("decision", 0)),
        (Stage("decision", 0), 1, Stage("citations", 0)),
        (Stage("citations", 0), 1, Stage("decision", 1)),
        (Stage("citations", 1), 1, LAST),
        (LAST, 1, LAST),
        (LAST, -1, Stage("citations", 1)),
        (Stage("decision", 7), 1, SUMMARY),
    ],
)
def test_neighbour(stage: Stage, step: int, there: Stage) -> None:
    assert workflow.neighbour(a_complete_case(2), stage, step) == there


@pytest.mark.parametrize(
    ("change", "stage", "paths"),
    [
        ({}, FIRST, []),
        ({}, SUMMARY, []),
        ({}, LAST, []),
        (
            {"reviewer": Reviewer()},
            FIRST,
            ["reviewer.licenses", "reviewer.specialties", "reviewer.attested"],
        ),
        ({"reviewer": Reviewer(licenses=(" ",), specialties=("x",))}, FIRST, None),
        ({"summary": Summary(text=" \n\t")}, SUMMARY, ["summary.text"]),
    ],
)
def test_missing(change: dict[str, Any], stage: Stage, paths: list[str] | None) -> None:
    expected = ["reviewer.licenses", "reviewer.attested"] if paths is None else paths
    assert missing(a_complete_case(**change), stage) == expected


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({}, []),
        (
            {"request": " ", "decision": None, "rationale": "\n"},
            ["request", "decision", "rationale"],
        ),
        ({"decision": "overturned"}, []),
    ],
)
def test_missing_of_a_decision(change: dict[str, Any], paths: list[str]) -> None:
    case = a_case(items=(an_item(), an_item(**change)))
    assert missing(case, Stage("decision", 1)) == [f"items[1].{path}" for path in paths]


@each_row(
    ("change", "paths"),
    [
        ({}, []),
        ({"citations": ()}, ["items[0].citations"]),
        ({"citations": (Citation(section="9792"),)}, ["items[0].citations"]),
        ({"citations": (Citation(text="Textbook"),)}, []),
        ({"citations": (), "administrator_citations": (MTUS,)}, ["items[0].citations"]),
        ({"citations": (), "follows": 2}, []),
        ({"citations": (), "uncited": "No guideline speaks to it"}, []),
        ({"citations": (Citation(),), "uncited": "x"}, []),
        ({"citations": (), "uncited": " \t"}, ["items[0].citations"]),
        ({"citations": (), "departure": "silent"}, ["items[0].citations"]),
        ({"citations": (Citation(organization="Sample Society"),)}, []),
        ({"citations": (Citation(authors="Doe J", journal="J Knees"),)}, []),
    ],
)
def test_missing_of_citations(change: dict[str, Any], paths: list[str]) -> None:
    case = a_case(items=(an_item(**change), an_item()))
    assert missing(case, Stage("citations", 0)) == paths


def test_review_is_complete_when_the_others_are() -> None:
    assert workflow.is_complete(a_complete_case(2), LAST)
    assert not workflow.is_complete(a_complete_case(0), LAST)
    assert not workflow.is_complete(a_complete_case(summary=Summary()), LAST)


def test_a_reason_for_citing_nothing_completes_a_case() -> None:
    case = a_complete_case((an_item(citations=()), an_item()))
    assert workflow.resume(case) == Stage("citations", 0)
    reasoned = evidence_edits.set_uncited(case, 0, "No guideline speaks to it")
    assert workflow.resume(reasoned) == LAST
    assert checks.state(reasoned) == "ready"


def test_resume() -> None:
    whole = a_complete_case(2)
    assert workflow.resume(whole) == LAST
    assert workflow.resume(a_case()) == FIRST
    assert workflow.resume(whole.but(summary=Summary())) == SUMMARY
    undecided = whole.but(items=(an_item(), an_item(decision=None)))
    assert workflow.resume(undecided) == Stage("decision", 1)
    assert workflow.resume(a_complete_case(0)) == LAST


@pytest.mark.parametrize(
    ("place", "stage"),
    [
        (Place("reviewer.licenses"), FIRST),
        (Place("summary.text"), SUMMARY),
        (Place("rationale", 1), Stage("decision", 1)),
        (Place("citations[0]", 1), Stage("citations", 1)),
        (Place("administrator_citations[2]", 0), Stage("citations", 0)),
        (Place("parties.employee"), LAST),
        (Place("records"), LAST),
        (Place("items"), LAST),
    ],
)
def test_stage_of(place: Place, stage: Stage) -> None:
    assert workflow.stage_of(place) == stage


def test_a_place_names_itself() -> None:
    assert (Place("rationale", 1).path, str(Place("rationale", 1))) == (
        "items[1].rationale",
        "item 2 rationale",
    )
    assert (Place("summary.text").path, str(Place("summary.text"))) == ("summary.text",) * 2


STATES: list[tuple[Callable[[], Case], str]] = [
    (a_case, "draft"),
    (lambda: a_case(items=(an_item(decision=None),)), "draft"),
    (lambda: a_case(summary=Summary(text=" ")), "draft"),
    (lambda: a_case(summary=Summary(text="x")), "draft"),
    (lambda: a_case(reviewer=Reviewer(attested=("five-years",))), "draft"),
    (lambda: a_case(items=(an_item(),)), "draft"),
    (a_complete_case, "ready"),
    (lambda: a_complete_case(0), "draft"),
]


@pytest.mark.parametrize(("make", "state"), STATES)
def test_state(make: Callable[[], Case], state: str) -> None:
    assert checks.state(make()) == state


def test_items_decided() -> None:
    items = (an_item(), an_item(decision=None), an_item(rationale=" "))
    assert workflow.items_decided(a_case(items=items)) == 1


@given(cases())
def test_the_walk_holds_on_any_case(case: Case) -> None:
    walk = workflow.walk(case)
    assert len(walk) == 3 + 2 * len(case.items)
    assert len(set(walk)) == len(walk)
    resumed = workflow.resume(case)
    assert resumed in walk
    for stage in walk[: walk.index(resumed)]:
        assert workflow.is_complete(case, stage)
    for stage in walk:
        for place in workflow.missing(case, stage):
            assert workflow.stage_of(place) == stage
    assert checks.state(case) in ("draft", "ready", "imported")

"""Edits: each does its one thing, leaves the rest alone, and its result could be loaded."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from inspect import Parameter, signature
from types import ModuleType
from typing import Any, get_args

import pytest
from hypothesis import given, strategies as st

from imr_tui.errors import LimitReached
from imr_tui.model import edits, evidence_edits, reviewer_edits
from imr_tui.model.case import Case, Copied, Parties, Record, Reviewer, from_plain, to_plain
from imr_tui.model.edits import CaseLine, Change, DateName, ItemLine, PartyName
from imr_tui.model.evidence import Citation, Weighing
from imr_tui.model.evidence_edits import Side
from imr_tui.model.limits import (
    ATTESTATIONS,
    MAX_COPIED,
    MAX_LINE,
    MAX_PROSE,
    MAX_ROWS,
    MAX_SOURCES,
    Attestation,
    Departure,
    Outcome,
    Priority,
)
from imr_tui.text.sanitize import clean
from tests import strategies
from tests.builders import DAY, MTUS, NOW, OTHER, a_case, a_complete_case, an_item
from tests.rows import each_row

pytestmark = pytest.mark.process

SIDES: tuple[Side, ...] = get_args(Side)


COPIED = Copied(case="CM26-0000002", item=1, sentences=("0123456789ab",), at=NOW)


def requests(case: Case) -> list[str]:
    return [item.request for item in case.items]


def follows(case: Case) -> list[int]:
    return [item.follows for item in case.items]


def items_following(*numbers: int) -> Case:
    """A case whose items A, B, C, … follow the items with these numbers."""
    items = (an_item(chr(ord("A") + at), follows=number) for at, number in enumerate(numbers))
    return a_case(items=tuple(items))


# Each edit


@pytest.mark.parametrize("name", get_args(DateName))
def test_set_date(name: DateName) -> None:
    case = edits.set_date(a_case(), name, DAY)
    assert getattr(case.particulars, name) == DAY
    assert edits.set_date(case, name, None) == a_case()


@pytest.mark.parametrize("priority", get_args(Priority))
def test_set_priority(priority: Priority) -> None:
    assert edits.set_priority(a_case(), priority).particulars.priority == priority


@pytest.mark.parametrize("name", get_args(PartyName))
def test_set_party(name: PartyName) -> None:
    case = edits.set_party(a_case(), name, "Sample\nEmployer\x1b")
    assert getattr(case.parties, name) == "Sample Employer<U+001B>"


def test_set_providers() -> None:
    case = edits.set_providers(a_case(), ["Sample Group", "a\tb"])
    assert case.parties.providers == ("Sample Group", "a b")


@pytest.mark.parametrize(
    "rename",
    [
        *(partial(edits.set_party, name=name, who="Another") for name in get_args(PartyName)),
        partial(edits.set_providers, providers=["Another"]),
    ],
)
def test_new_parties_withdraw_the_conflict_attestation_alone(rename: Change) -> None:
    before = a_complete_case()
    after = rename(before)
    withdrawn = set(before.reviewer.attested) - set(after.reviewer.attested)
    assert withdrawn == {"no-affiliation"}
    assert after.reviewer.attested_at == before.reviewer.attested_at


def test_the_same_parties_withdraw_nothing() -> None:
    case = a_complete_case().but(parties=Parties(employee="A B", providers=("C",)))
    assert edits.set_party(case, "employee", "A B") is case
    assert edits.set_party(case, "employee", "A\tB") is case
    assert edits.set_providers(case, ["C"]) is case


def test_records() -> None:
    case = edits.add_record(a_case(), Record(title="PR-2"))
    case = edits.add_record(case, Record(title="MRI"))
    assert [record.title for record in case.records] == ["PR-2", "MRI"]
    case = edits.set_record(case, 1, {"title": "MRI\n2", "kind": "imaging", "from_": DAY})
    assert case.records[1] == Record.model_validate(
        {"title": "MRI 2", "kind": "imaging", "from": DAY}
    )
    assert edits.remove_record(case, 0).records == case.records[1:]


def test_set_licenses_and_specialties() -> None:
    case = reviewer_edits.set_licenses(a_case(), ["Texas", "New\nYork"])
    case = reviewer_edits.set_specialties(case, ["Neurology"])
    assert case.reviewer == Reviewer(licenses=("Texas", "New York"), specialties=("Neurology",))


def test_prefill_fills_what_is_blank_and_attests_nothing() -> None:
    known = reviewer_edits.set_licenses(a_case(), ["Ohio"])
    filled = reviewer_edits.prefill(known, ["Texas"], ["Neurology"])
    assert filled.reviewer == Reviewer(licenses=("Ohio",), specialties=("Neurology",))
    assert reviewer_edits.prefill(filled, ["Texas"], ["Urology"]) is filled


@pytest.mark.parametrize("key", ATTESTATIONS)
def test_toggle_attestation(key: Attestation) -> None:
    here = datetime(2026, 11, 23, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-8)))
    given_once = reviewer_edits.toggle_attestation(a_case(), key, here)
    assert given_once.reviewer.attested == (key,)
    assert given_once.reviewer.attested_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    withdrawn = reviewer_edits.toggle_attestation(given_once, key, NOW)
    assert withdrawn.reviewer.attested == ()
    others = set(ATTESTATIONS) - {key}
    without = reviewer_edits.toggle_attestation(a_complete_case(), key, NOW)
    assert set(without.reviewer.attested) == others


def test_set_summary() -> None:
    assert edits.set_summary(a_case(), "a\r\nb\x00").summary.text == "a\nb<U+0000>"


def test_add_item_presumes_nothing() -> None:
    case = edits.add_item(a_complete_case(), "MRI\nof the knee")
    assert case.items[-1].request == "MRI of the knee"
    assert case.items[-1].decision is None
    assert edits.add_item(a_case()).items[0].request == ""


@pytest.mark.parametrize("name", get_args(ItemLine))
def test_set_item_line(name: ItemLine) -> None:
    case = edits.set_item_line(a_complete_case(2), 1, name, "a\tb")
    assert getattr(case.items[1], name) == "a b"
    assert case.items[0] == a_complete_case(2).items[0]


@pytest.mark.parametrize("decision", [*get_args(Outcome), None])
def test_set_decision(decision: Outcome | None) -> None:
    case = edits.set_decision(a_complete_case(2), 1, decision)
    assert [item.decision for item in case.items] == ["upheld", decision]


def test_set_rationale() -> None:
    case = edits.set_rationale(a_complete_case(2), 0, "a\r\n\tb")
    assert case.items[0].rationale == "a\n\tb"


@pytest.mark.parametrize(
    ("index", "number", "kept"),
    [(0, 2, 2), (0, 0, 0), (0, 1, 0), (0, 3, 0), (0, -1, 0), (1, 1, 1), (1, 2, 0)],
)
def test_set_follows(index: int, number: int, kept: int) -> None:
    case = edits.set_follows(a_complete_case(2), index, number)
    assert case.items[index].follows == kept


@pytest.mark.parametrize("side", SIDES)
def test_citations(side: Side) -> None:
    case = a_case(items=(an_item(citations=()), an_item(citations=())))
    case = evidence_edits.add_citation(case, 1, side, MTUS)
    case = evidence_edits.add_citation(case, 1, side, OTHER)
    assert evidence_edits.citations(case, 1, side) == (MTUS, OTHER)
    assert evidence_edits.citations(case, 0, side) == ()
    other = SIDES[1 - SIDES.index(side)]
    assert evidence_edits.citations(case, 1, other) == ()
    moved = evidence_edits.move_citation(case, 1, side, 0, 1)
    assert evidence_edits.citations(moved, 1, side) == (OTHER, MTUS)
    changed = evidence_edits.set_citation(moved, 1, side, 0, MTUS)
    assert evidence_edits.citations(changed, 1, side) == (MTUS, MTUS)
    assert evidence_edits.citations(evidence_edits.remove_citation(moved, 1, side, 0), 1, side) == (
        MTUS,
    )


THIRD = Citation(text="A Book")


def a_cited_case(*citations: Citation, **changes: Any) -> Case:
    """A case whose second item cites these, and whose first one cites nothing."""
    return a_case(items=(an_item(citations=()), an_item(citations=citations, **changes)))


@each_row("side", SIDES)
@each_row(
    ("listed", "copied", "then"),
    [
        ((), (MTUS, OTHER), (MTUS, OTHER)),
        ((), (OTHER, MTUS), (OTHER, MTUS)),
        ((MTUS,), (OTHER, THIRD), (MTUS, OTHER, THIRD)),
        ((OTHER,), (MTUS, OTHER), (OTHER, MTUS)),
        ((), (MTUS, MTUS, OTHER, MTUS), (MTUS, OTHER)),
        ((MTUS, OTHER), (OTHER, MTUS), (MTUS, OTHER)),
        # What was listed twice stays so, and what differs in anything is not the same.
        ((MTUS, MTUS), (MTUS,), (MTUS, MTUS)),
        ((MTUS,), (MTUS.but(pages="5"),), (MTUS, MTUS.but(pages="5"))),
        ((MTUS,), (), (MTUS,)),
    ],
)
def test_copied_citations_come_in_order_and_each_once(
    side: Side,
    listed: tuple[Citation, ...],
    copied: tuple[Citation, ...],
    then: tuple[Citation, ...],
) -> None:
    case = a_case(items=(an_item(), an_item(citations=()).but(**{side: listed})))
    after = evidence_edits.copy_citations(case, 1, side, copied)
    assert evidence_edits.citations(after, 1, side) == then
    other = SIDES[1 - SIDES.index(side)]
    assert evidence_edits.citations(after, 1, other) == evidence_edits.citations(case, 1, other)
    assert after.items[0] is case.items[0]
    assert (after is case) is (then == listed)


@pytest.mark.slow
def test_copied_citations_that_are_too_many_are_refused_whole() -> None:
    many = [Citation(text=str(number)) for number in range(MAX_ROWS)]
    with pytest.raises(LimitReached, match="1,000 entries"):
        evidence_edits.copy_citations(a_cited_case(MTUS), 1, "citations", many)
    copied = evidence_edits.copy_citations(a_cited_case(MTUS), 1, "citations", many[1:])
    assert copied.items[1].citations == (MTUS, *many[1:])


# Citing nothing


def test_set_uncited() -> None:
    case = evidence_edits.set_uncited(a_cited_case(), 1, "No guideline\nspeaks to it")
    assert [item.uncited for item in case.items] == ["", "No guideline speaks to it"]
    assert evidence_edits.set_uncited(case, 1, "") == a_cited_case()


def test_what_the_administrator_cites_does_not_bar_a_reason_for_citing_nothing() -> None:
    case = a_cited_case(administrator_citations=(MTUS,))
    assert evidence_edits.set_uncited(case, 1, "x").items[1].uncited == "x"


@pytest.mark.parametrize("reason", ["x", ""])
def test_who_cites_cannot_choose_to_cite_nothing(reason: str) -> None:
    case = a_cited_case(MTUS)
    assert evidence_edits.set_uncited(case, 1, reason) is case


@pytest.mark.parametrize(
    "cite",
    [
        partial(evidence_edits.add_citation, citation=MTUS),
        partial(evidence_edits.copy_citations, copied=[MTUS]),
    ],
)
@pytest.mark.parametrize("side", SIDES)
def test_who_cites_no_longer_cites_nothing(cite: Any, side: Side) -> None:
    case = evidence_edits.set_uncited(
        evidence_edits.set_uncited(a_cited_case(), 0, "why"), 1, "why"
    )
    cited = cite(case, index=1, side=side)
    assert evidence_edits.citations(cited, 1, side) == (MTUS,)
    reasons = [item.uncited for item in cited.items]
    # What the administrator cites is no citation of the reviewer's.
    assert reasons == ["why", "" if side == "citations" else "why"]


def test_a_citation_that_is_removed_does_not_bring_a_reason_back() -> None:
    case = evidence_edits.add_citation(
        evidence_edits.set_uncited(a_cited_case(), 1, "why"), 1, "citations", MTUS
    )
    assert evidence_edits.remove_citation(case, 1, "citations", 0) == a_cited_case()


# The hierarchy of evidence


@pytest.mark.parametrize("departure", get_args(Departure))
def test_depart(departure: Departure) -> None:
    case = evidence_edits.depart(a_complete_case(2), 1, departure)
    assert [item.departure for item in case.items] == [None, departure]
    assert evidence_edits.depart(case, 1, departure) is case
    assert case.items[1] == a_complete_case(2).items[1].but(departure=departure)


SAID = "The MTUS is silent on massage."


@each_row(
    ("rationale", "sentence", "first", "then"),
    [
        ("One. Two.", SAID, True, f"{SAID} One. Two."),
        ("One. Two.", SAID, False, f"One. Two. {SAID}"),
        ("One.\n\nTwo.\n\n", SAID, False, f"One.\n\nTwo. {SAID}"),
        ("\n One.\n\nTwo.", SAID, True, f"{SAID} One.\n\nTwo."),
        ("", SAID, True, SAID),
        ("", SAID, False, SAID),
        (" \n\n ", SAID, True, SAID),
        (" \n\n ", SAID, False, SAID),
        ("One.", f"  {SAID}\n", True, f"{SAID} One."),
        ("One.", f"  {SAID}\n", False, f"One. {SAID}"),
        ("One.", "", True, "One."),
        ("One.", " \n", False, "One."),
        ("", "", True, ""),
        ("One.", "Silent\x1b.", False, "One. Silent<U+001B>."),
        # White space to Python, but a sign that is shown.
        ("One.", "\x85Silent.", True, "<U+0085>Silent. One."),
    ],
)
@each_row("departure", ["silent", "rebutted"])
def test_depart_in_words(
    rationale: str, sentence: str, first: bool, then: str, departure: Departure
) -> None:
    case = a_case(items=(an_item(), an_item(rationale=rationale)))
    after = evidence_edits.depart_in_words(case, 1, departure, sentence, first=first)
    assert after.items[1] == case.items[1].but(rationale=then, departure=departure)
    assert after.items[0] is case.items[0]


@pytest.mark.parametrize("first", [True, False])
def test_a_sentence_that_does_not_fit_is_refused(first: bool) -> None:
    case = a_case(items=(an_item(rationale="x" * MAX_PROSE),))
    with pytest.raises(LimitReached, match="1,000,000 characters"):
        evidence_edits.depart_in_words(case, 0, "silent", SAID, first=first)


def test_set_weighing() -> None:
    weighing = Weighing(question="How long?", reviewer_level="1b", prevails="reviewer")
    case = evidence_edits.set_weighing(a_complete_case(2), 1, weighing)
    assert [item.weighing for item in case.items] == [None, weighing]
    assert evidence_edits.set_weighing(case, 1, weighing) is case
    typed = weighing.but(question="How\nlong?\x1b", applicability="\t" + "x" * (MAX_LINE - 1))
    kept = evidence_edits.set_weighing(case, 1, typed).items[1].weighing
    assert kept == weighing.but(
        question="How long?<U+001B>", applicability=" " + "x" * (MAX_LINE - 1)
    )


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_blank_weighing_is_none(text: str) -> None:
    whole = a_complete_case(2)
    weighed = evidence_edits.set_weighing(whole, 1, Weighing(question="How long?"))
    blank = Weighing().but(question=text, applicability=text)
    assert evidence_edits.set_weighing(weighed, 1, blank) == whole
    assert evidence_edits.set_weighing(whole, 1, blank) is whole


@each_row(
    ("rationale", "paragraph", "then"),
    [
        ("One.", "Two.", "One.\n\nTwo."),
        ("One.\n\n", " Two.\n", "One.\n\nTwo."),
        ("One.\n\nTwo.", "Three.", "One.\n\nTwo.\n\nThree."),
        ("", "Two.", "Two."),
        (" \n ", "Two.", "Two."),
        ("One.", "", "One."),
        ("One. ", " \n", "One. "),
        ("One.\n\nTwo.", "Two.", "One.\n\nTwo."),
        ("Two.\n\nOne.", "Two.", "Two.\n\nOne."),
        ("One.", "Two\x1b\r\nThree.", "One.\n\nTwo<U+001B>\nThree."),
    ],
)
def test_append_paragraph(rationale: str, paragraph: str, then: str) -> None:
    case = a_case(items=(an_item(), an_item(rationale=rationale)))
    after = evidence_edits.append_paragraph(case, 1, paragraph)
    assert after.items == (case.items[0], case.items[1].but(rationale=then))
    assert evidence_edits.append_paragraph(after, 1, paragraph) is after


@given(strategies.cases(), strategies.raw_texts)
def test_a_paragraph_is_appended_once(case: Case, paragraph: str) -> None:
    for index, item in enumerate(case.items):
        once = evidence_edits.append_paragraph(case, index, paragraph)
        assert evidence_edits.append_paragraph(once, index, paragraph) is once
        assert once.items[index].rationale.split()[: len(item.rationale.split())] == (
            item.rationale.split()
        )


@given(strategies.cases(), strategies.raw_texts, st.booleans())
def test_a_sentence_loses_no_word_of_the_rationale(case: Case, sentence: str, first: bool) -> None:
    for index, item in enumerate(case.items):
        after = evidence_edits.depart_in_words(case, index, "silent", sentence, first=first)
        kept, said = item.rationale.split(), clean(sentence).split()
        assert after.items[index].rationale.split() == (said + kept if first else kept + said)


# Items that follow others


@pytest.mark.parametrize(
    ("numbers", "index", "renumbered"),
    [
        ((0, 1, 1), 0, [0, 0]),
        ((0, 1, 1), 1, [0, 1]),
        ((0, 0, 2), 0, [0, 1]),
        ((3, 3, 0), 1, [2, 0]),
        ((2, 0, 2), 1, [0, 0]),
        ((0, 0, 0, 3), 0, [0, 0, 2]),
    ],
)
def test_remove_item_renumbers(numbers: tuple[int, ...], index: int, renumbered: list[int]) -> None:
    case = items_following(*numbers)
    removed = edits.remove_item(case, index)
    assert requests(removed) == requests(case)[:index] + requests(case)[index + 1 :]
    assert follows(removed) == renumbered


@pytest.mark.parametrize(
    ("numbers", "index", "to", "order", "renumbered"),
    [
        ((0, 1, 0), 0, 2, ["B", "C", "A"], [3, 0, 0]),
        ((0, 1, 1), 2, 0, ["C", "A", "B"], [2, 0, 2]),
        ((2, 0, 0), 0, 1, ["B", "A", "C"], [0, 1, 0]),
        ((0, 0, 2), 1, 1, ["A", "B", "C"], [0, 0, 2]),
    ],
)
def test_move_item_renumbers(
    numbers: tuple[int, ...], index: int, to: int, order: list[str], renumbered: list[int]
) -> None:
    moved = edits.move_item(items_following(*numbers), index, to)
    assert requests(moved) == order
    assert follows(moved) == renumbered


@given(strategies.cases(), st.data())
def test_moved_items_follow_the_same_ones(case: Case, data: st.DataObject) -> None:
    count = len(case.items)
    if not count:
        return
    named = tuple(
        item.but(request=str(at), follows=item.follows if item.follows <= count else 0)
        for at, item in enumerate(case.items)
    )
    case = case.but(items=named)
    places = st.integers(0, count - 1)
    moved = edits.move_item(case, data.draw(places), data.draw(places))

    def followed(case: Case) -> dict[str, str]:
        return {
            item.request: case.items[item.follows - 1].request
            for item in case.items
            if item.follows
        }

    assert followed(moved) == followed(case)


# What holds for all of them

_texts = strategies.raw_texts
_moments = strategies.moments
_names = st.sampled_from
_index = st.integers(0, 3)
_side = _names(SIDES)
_departure = _names(get_args(Departure))
# As a form holds it before it is cleaned.
_weighings = st.builds(
    lambda weighing, question, applicability: weighing.but(
        question=question, applicability=applicability
    ),
    strategies.weighings(),
    _texts,
    _texts,
)
_warned = st.sampled_from(["IMR206", "IMR305-1", "IMR305-2"])
EDITS: dict[str, tuple[str, tuple[st.SearchStrategy[Any], ...]]] = {
    "set_date": ("particulars", (_names(get_args(DateName)), st.none() | strategies.dates)),
    "set_case_line": ("particulars", (_names(get_args(CaseLine)), _texts)),
    "set_priority": ("particulars", (_names(get_args(Priority)),)),
    "set_party": ("parties reviewer", (_names(get_args(PartyName)), _texts)),
    "set_providers": ("parties reviewer", (st.lists(_texts, max_size=3),)),
    "add_record": ("records", (strategies.records(),)),
    "set_record": ("records", (_index, st.fixed_dictionaries({"title": _texts, "to": st.none()}))),
    "remove_record": ("records", (_index,)),
    "set_licenses": ("reviewer", (st.lists(_texts, max_size=3),)),
    "set_specialties": ("reviewer", (st.lists(_texts, max_size=3),)),
    "prefill": ("reviewer", (st.lists(_texts, max_size=3), st.lists(_texts, max_size=3))),
    "toggle_attestation": ("reviewer", (_names(list(ATTESTATIONS)), _moments)),
    "claim_letter": ("particulars", ()),
    "set_summary": ("summary", (_texts,)),
    "add_item": ("items", (_texts,)),
    "set_item_line": ("items", (_index, _names(get_args(ItemLine)), _texts)),
    "append_to_rationale": ("items", (_index, _texts)),
    "decide_like": ("items", (_index, st.integers(-1, 4))),
    "set_follows": ("items", (_index, st.integers(-1, 4))),
    "set_date_of_service": ("items", (_index, st.none() | strategies.dates)),
    "set_decision": ("items", (_index, _names([None, *get_args(Outcome)]))),
    "set_rationale": ("items", (_index, _texts)),
    "add_copied": ("items", (_index, strategies.copied())),
    "remove_item": ("items acknowledged", (_index,)),
    "move_item": ("items acknowledged", (_index, st.integers(-1, 4))),
    "add_citation": ("items", (_index, _side, strategies.citations())),
    "set_citation": ("items", (_index, _side, _index, strategies.citations())),
    "remove_citation": ("items", (_index, _side, _index)),
    "move_citation": ("items", (_index, _side, _index, st.integers(-1, 4))),
    "copy_citations": ("items", (_index, _side, st.lists(strategies.citations(), max_size=3))),
    "set_uncited": ("items", (_index, _texts)),
    "depart": ("items", (_index, _departure)),
    "depart_in_words": ("items", (_index, _departure, _texts, st.booleans())),
    "set_weighing": ("items", (_index, _weighings)),
    "append_paragraph": ("items", (_index, _texts)),
    "acknowledge": ("acknowledged", (_warned, _texts, _texts, strategies.moments)),
    "withdraw": ("acknowledged", (_warned,)),
}
"""Every edit with the parts of the case that it may change, and its arguments."""
MODULES = (edits, evidence_edits, reviewer_edits)


def public(module: ModuleType) -> set[str]:
    """The functions of a module of edits."""
    return {
        name
        for name, value in vars(module).items()
        if callable(value)
        and getattr(value, "__module__", "") == module.__name__
        and not name.startswith("_")
    }


def test_every_edit_is_tested() -> None:
    named = set().union(*(public(module) for module in MODULES))
    assert named - {"citations"} == set(EDITS)


def edited_by(name: str, case: Case, arguments: tuple[Any, ...]) -> Case:
    """What an edit makes of `case`; its keyword-only arguments are the last ones."""
    edit = next(getattr(module, name) for module in MODULES if hasattr(module, name))
    parameters = signature(edit).parameters.values()
    named = [each.name for each in parameters if each.kind is Parameter.KEYWORD_ONLY]
    places = len(arguments) - len(named)
    keywords = dict(zip(named, arguments[places:], strict=True))
    after: Case = edit(case, *arguments[:places], **keywords)
    return after


def in_range(case: Case, name: str, arguments: tuple[Any, ...]) -> bool:
    """Whether the indexes among an edit's arguments name something that is there."""
    if name in ("set_record", "remove_record"):
        return bool(arguments[0] < len(case.records))
    if "items" not in EDITS[name][0] or name == "add_item":
        return True
    if arguments[0] >= len(case.items):
        return False
    if name in ("set_citation", "remove_citation", "move_citation"):
        return bool(arguments[2] < len(evidence_edits.citations(case, arguments[0], arguments[1])))
    return True


@pytest.mark.parametrize("name", EDITS)
@strategies.fewer(3)
@given(case=strategies.cases(), data=st.data())
def test_an_edited_case_is_as_good_as_a_loaded_one(
    name: str, case: Case, data: st.DataObject
) -> None:
    parts, arguments = EDITS[name]
    drawn = tuple(data.draw(argument) for argument in arguments)
    if not in_range(case, name, drawn):
        return
    before = to_plain(case)
    edited = edited_by(name, case, drawn)
    assert from_plain(to_plain(edited)) == edited
    assert to_plain(case) == before
    for part in type(case).model_fields:
        if part not in parts.split():
            assert getattr(edited, part) is getattr(case, part)
    if edited == case:
        assert edited is case


@given(strategies.cases(), st.data())
def test_the_same_again_returns_the_very_same_case(case: Case, data: st.DataObject) -> None:
    particulars, reviewer = case.particulars, case.reviewer
    same: list[Change] = [
        partial(edits.set_date, name="decision_date", day=particulars.decision_date),
        partial(edits.set_priority, priority=particulars.priority),
        partial(edits.set_party, name="employee", who=case.parties.employee),
        partial(edits.set_providers, providers=case.parties.providers),
        partial(reviewer_edits.set_licenses, states=reviewer.licenses),
        partial(reviewer_edits.set_specialties, specialties=reviewer.specialties),
        partial(edits.set_summary, text=case.summary.text),
    ]
    for at, record in enumerate(case.records):
        same.append(partial(edits.set_record, index=at, changes={"title": record.title}))
    for at, item in enumerate(case.items):
        same += [
            partial(edits.set_item_line, index=at, name="request", text=item.request),
            partial(edits.set_decision, index=at, decision=item.decision),
            partial(edits.set_rationale, index=at, text=item.rationale),
            partial(edits.set_follows, index=at, number=item.follows),
            partial(edits.set_date_of_service, index=at, day=item.date_of_service),
            partial(evidence_edits.set_uncited, index=at, reason=item.uncited),
            partial(evidence_edits.append_paragraph, index=at, paragraph=item.rationale),
        ]
        if item.departure is not None:
            same.append(partial(evidence_edits.depart, index=at, departure=item.departure))
        if item.weighing is not None and not item.weighing.is_blank():
            same.append(partial(evidence_edits.set_weighing, index=at, weighing=item.weighing))
        for place, citation in enumerate(item.citations):
            cited: dict[str, Any] = {"index": at, "side": "citations", "at": place}
            same.append(partial(evidence_edits.set_citation, **cited, citation=citation))
            same.append(partial(evidence_edits.move_citation, **cited, to=place))
    if all(item.follows <= len(case.items) for item in case.items):
        same += [partial(edits.move_item, index=at, to=at) for at in range(len(case.items))]
    assert data.draw(st.sampled_from(same))(case) is case


def test_add_copied_combines_what_comes_from_the_same_rationale() -> None:
    later = COPIED.but(sentences=("0123456789ab", "ba9876543210"), at=NOW + timedelta(hours=1))
    other = COPIED.but(item=2)
    case = a_complete_case()
    for each in (COPIED, other, later):
        case = edits.add_copied(case, 0, each)
    assert case.items[0].copied == (other, later)
    assert edits.add_copied(case, 0, later) is case
    assert all(not item.copied for item in case.items[1:])


def test_add_copied_forgets_the_oldest() -> None:
    case = a_complete_case()
    for number in range(1, MAX_SOURCES + 2):
        case = edits.add_copied(case, 0, COPIED.but(item=number))
    assert [each.item for each in case.items[0].copied] == list(range(2, MAX_SOURCES + 2))
    many = tuple(f"{at:012x}" for at in range(MAX_COPIED))
    case = edits.add_copied(edits.add_copied(case, 0, COPIED), 0, COPIED.but(sentences=many))
    assert case.items[0].copied[-1].sentences == many


# Limits


@pytest.mark.parametrize(
    "text",
    ["x" * (MAX_LINE + 1), "\x00" * MAX_LINE, "\u202e" * MAX_LINE],
    ids=["long", "control", "hidden"],
)
def test_lines_that_are_too_long_are_refused(text: str) -> None:
    changes: list[Change] = [
        partial(edits.set_item_line, index=0, name="request", text=text),
        partial(edits.set_party, name="employer", who=text),
        partial(reviewer_edits.set_licenses, states=[text]),
        partial(evidence_edits.set_uncited, index=0, reason=text),
        partial(edits.acknowledge, key="IMR206", reason=text, digest="", now=NOW),
    ]
    for change in changes:
        with pytest.raises(LimitReached, match="4,000 characters"):
            change(a_complete_case((an_item(citations=()),)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["x" * (MAX_PROSE + 1), "\x00" * MAX_PROSE], ids=["long", "control"]
)
def test_texts_that_are_too_long_are_refused(text: str) -> None:
    for change in (edits.set_summary, partial(edits.set_rationale, index=0)):
        with pytest.raises(LimitReached, match="1,000,000 characters"):
            change(a_complete_case(), text=text)


FULL = a_complete_case(
    items=(an_item(citations=(OTHER,) * MAX_ROWS),) * MAX_ROWS, records=(Record(),) * MAX_ROWS
)


@pytest.mark.parametrize(
    "change",
    [
        edits.add_item,
        partial(edits.add_record, record=Record()),
        partial(evidence_edits.add_citation, index=0, side="citations", citation=MTUS),
        partial(evidence_edits.copy_citations, index=0, side="citations", copied=[MTUS]),
        partial(edits.set_providers, providers=["x"] * (MAX_ROWS + 1)),
        partial(reviewer_edits.set_licenses, states=["x"] * (MAX_ROWS + 1)),
        partial(reviewer_edits.set_specialties, specialties=["x"] * (MAX_ROWS + 1)),
    ],
    ids=[
        *("add_item", "add_record", "add_citation", "copy_citations"),
        *("providers", "licenses", "specialties"),
    ],
)
def test_lists_that_are_full_take_no_more(change: Change) -> None:
    with pytest.raises(LimitReached, match="1,000 entries"):
        change(FULL)


OUT_OF_RANGE: list[Change] = [
    change
    for index in (-1, 2)
    for change in (
        partial(edits.set_record, index=index, changes={"title": "x"}),
        partial(edits.remove_record, index=index),
        partial(edits.set_item_line, index=index, name="request", text="x"),
        partial(edits.set_follows, index=index, number=1),
        partial(edits.set_decision, index=index, decision="overturned"),
        partial(edits.set_rationale, index=index, text="x"),
        partial(edits.add_copied, index=index, copied=COPIED),
        partial(evidence_edits.copy_citations, index=index, side="citations", copied=[OTHER]),
        partial(evidence_edits.set_uncited, index=index, reason="x"),
        partial(evidence_edits.depart, index=index, departure="silent"),
        partial(
            evidence_edits.depart_in_words,
            index=index,
            departure="silent",
            sentence="x",
            first=True,
        ),
        partial(evidence_edits.set_weighing, index=index, weighing=Weighing(prevails="reviewer")),
        partial(evidence_edits.append_paragraph, index=index, paragraph="x"),
        partial(edits.remove_item, index=index),
        partial(edits.move_item, index=index, to=0),
        partial(edits.move_item, index=0, to=index),
        partial(evidence_edits.add_citation, index=index, side="citations", citation=MTUS),
        partial(evidence_edits.set_citation, index=index, side="citations", at=0, citation=OTHER),
        partial(evidence_edits.set_citation, index=0, side="citations", at=index, citation=OTHER),
        partial(evidence_edits.remove_citation, index=index, side="citations", at=0),
        partial(evidence_edits.remove_citation, index=0, side="citations", at=index),
        partial(evidence_edits.move_citation, index=index, side="citations", at=0, to=0),
        partial(evidence_edits.move_citation, index=0, side="citations", at=index, to=0),
        partial(evidence_edits.move_citation, index=0, side="citations", at=0, to=index),
    )
]


def named(change: Any) -> str:
    """An edit and the places in its arguments, for the name of a test."""
    places = [value for value in change.keywords.values() if isinstance(value, int)]
    return "-".join([change.func.__name__, *map(str, places)])


@each_row("change", OUT_OF_RANGE)
def test_what_is_not_there_is_not_changed(change: Change) -> None:
    item = an_item(citations=(MTUS, OTHER))
    case = a_complete_case(records=(Record(), Record(kind="imaging")), items=(item, an_item("B")))
    assert change(case) is case


def test_an_item_that_follows_what_is_not_there_keeps_saying_so() -> None:
    case = items_following(0, 7)
    assert edits.move_item(case, 0, 0) is case


def test_days_are_days() -> None:
    assert edits.set_date(a_case(), "decision_date", date.max).particulars.decision_date == date.max


def test_sentences_are_appended_once_and_nothing_is_replaced() -> None:
    case = edits.set_rationale(a_complete_case(2), 1, "First.")
    case = edits.append_to_rationale(case, 1, "Second.")
    assert case.items[1].rationale == "First. Second."
    assert edits.append_to_rationale(case, 1, "Second.") is case
    case = edits.append_to_rationale(edits.set_rationale(case, 1, "Line.\n"), 1, "Next.")
    assert case.items[1].rationale == "Line.\nNext."
    assert edits.append_to_rationale(case, 9, "x") is case


@pytest.mark.parametrize(("number", "follows"), [(1, 1), (0, 0), (2, 0), (3, 0)])
def test_an_item_is_decided_like_another_one(number: int, follows: int) -> None:
    case = edits.set_decision(a_complete_case(2), 0, "overturned")
    item = edits.decide_like(case, 1, number).items[1]
    assert item.follows == follows
    assert item.decision == ("overturned" if follows else "upheld")

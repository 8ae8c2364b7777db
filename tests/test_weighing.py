"""Conflicting evidence, weighed: its paragraph, what is still open, and its way through a file."""

import tomllib
from textwrap import dedent
from typing import Any, get_args

import pytest
from hypothesis import given, strategies as st

from imr_tui.domain.weighing import COLUMNS, LEVELS, is_against_level, missing, paragraph
from imr_tui.errors import BadInput
from imr_tui.model.case import Case, Item
from imr_tui.model.evidence import Citation, Weighing
from imr_tui.model.limits import EvidenceColumn, EvidenceLevel
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.text.layout import one_line
from tests import strategies
from tests.builders import MTUS, NUMBER, OTHER, a_case, an_item
from tests.rows import each_row

WHOLE = Weighing(
    question="Does massage help sprains",
    column="treatment",
    administrator_study="Poe, 2001.",
    reviewer_study="Doe, 2010",
    applicable="both",
    applicability="The trial had workers of this age",
    administrator_level="5",
    reviewer_level="1b",
    prevails="reviewer",
)
"""A weighing with nothing open."""
STUDY = Citation(
    authors="Doe J, Roe R",
    title="Massage for sprains",
    journal="J Knees",
    year=2010,
    volume="12",
    pages="3-9",
    kind="study",
)


def weighed(weighing: Weighing | None, **changes: Any) -> Item:
    """An item with this weighing; both sides cite nothing unless `changes` say so."""
    return an_item(**({"citations": ()} | changes)).but(weighing=weighing)


def read(text: str) -> Case:
    """The case of a file with one item and then `text`, from line 5."""
    return decode(f'schema = 1\n[case]\nnumber = "A"\n[[items]]\n{dedent(text)}'.encode(), "x.toml")


# The paragraph


def test_every_level_says_what_it_is() -> None:
    assert tuple(LEVELS) == tuple(COLUMNS) == get_args(EvidenceColumn)
    assert tuple(LEVELS["treatment"]) == get_args(EvidenceLevel)
    for meanings in LEVELS.values():
        assert set(meanings) <= set(get_args(EvidenceLevel))
        assert len(set(meanings.values())) == len(meanings)


@pytest.mark.parametrize("weighing", [None, Weighing()])
def test_nothing_weighed_says_nothing(weighing: Weighing | None) -> None:
    item = weighed(weighing, citations=(MTUS,), administrator_citations=(OTHER,))
    assert paragraph(item) == ""


QUESTION = "The sources cited differ on this question:"
RESULT = "Weighed under 8 CCR 9792.25.1, the evidence of the"


@each_row(
    ("parts", "says"),
    [
        ({"question": "Does it help?"}, f"{QUESTION} Does it help?"),
        ({"question": "Does it help"}, f"{QUESTION} Does it help."),
        ({"question": "how long."}, f"{QUESTION} how long."),
        ({"question": " how\tlong.. "}, f"{QUESTION} how long."),
        ({"question": "Now!"}, f"{QUESTION} Now!"),
        (
            {"administrator_level": "5"},
            "The evidence of the claims administrator is of level 5, expert opinion.",
        ),
        (
            {"reviewer_level": "1a"},
            "The evidence of the expert reviewer is of level 1a, systematic review of randomized "
            "trials with a low risk of bias.",
        ),
        (
            {"column": "diagnosis", "reviewer_level": "1a"},
            "The evidence of the expert reviewer is of level 1a for diagnostic test, systematic "
            "review of high-quality prospective studies.",
        ),
        (
            {"column": "prognosis", "administrator_level": "2"},
            "The evidence of the claims administrator is of level 2 for prognosis.",
        ),
        (
            {"column": "harms", "administrator_study": "Poe, 2001.", "administrator_level": "3"},
            "The evidence of the claims administrator (Poe, 2001) is of level 3 for treatment "
            "harms.",
        ),
        ({"applicable": "both"}, "The studies of both sides apply to this worker."),
        (
            {"applicable": "reviewer"},
            "Only the studies of the expert reviewer apply to this worker, so those of the claims "
            "administrator are not weighed.",
        ),
        ({"applicability": "The worker is of that age"}, "The worker is of that age."),
        ({"applicability": "  Is it?  "}, "Is it?"),
        ({"prevails": "administrator"}, f"{RESULT} claims administrator prevails."),
        ({"prevails": "reviewer"}, f"{RESULT} expert reviewer prevails."),
    ],
)
def test_each_part_is_a_sentence(parts: dict[str, Any], says: str) -> None:
    assert paragraph(weighed(Weighing(**parts))) == says


@pytest.mark.parametrize(
    ("cited", "named"),
    [
        ((), ""),
        ((Citation(pages="5"),), ""),
        ((OTHER.but(year=None),), " (Official Disability Guidelines Pain)"),
        (
            (STUDY, Citation(), Citation(text="A Book.")),
            " (Doe J, Roe R. Massage for sprains. J Knees. 2010;12:3-9; A Book)",
        ),
        ((MTUS,), " (Chronic Pain Treatment Guidelines 9792.24.2 Page(s): 22, 46-47)"),
    ],
)
def test_a_side_names_what_it_cites(cited: tuple[Citation, ...], named: str) -> None:
    ours = weighed(Weighing(reviewer_level="4"), citations=cited)
    theirs = weighed(Weighing(administrator_level="4"), administrator_citations=cited)
    ends = f"{named} is of level 4, uncontrolled case series."
    assert paragraph(ours) == f"The evidence of the expert reviewer{ends}"
    assert paragraph(theirs) == f"The evidence of the claims administrator{ends}"


def test_the_whole_paragraph() -> None:
    item = weighed(
        WHOLE, administrator_citations=(Citation(text="A Book"),), citations=(MTUS, STUDY)
    )
    assert paragraph(item) == (
        "The sources cited differ on this question: Does massage help sprains. "
        "The studies of both sides apply to this worker. "
        "The trial had workers of this age. "
        "The evidence of the claims administrator (Poe, 2001) is of level 5 for treatment "
        "benefit, expert opinion. "
        "The evidence of the expert reviewer (Doe, 2010) is of level 1b for treatment benefit, "
        "randomized trial with a low risk of bias. "
        "Weighed under 8 CCR 9792.25.1, the evidence of the expert reviewer prevails."
    )


@given(strategies.items())
def test_any_paragraph_is_one_line(item: Item) -> None:
    said = paragraph(item)
    assert said == one_line(said)
    if item.weighing is None or item.weighing.is_blank():
        assert said == ""
    elif not missing(item.weighing):
        assert said.endswith("prevails.")


# What is open, and what is against the level


@pytest.mark.parametrize(
    ("weighing", "names"),
    [
        (WHOLE, ()),
        (
            Weighing(),
            (
                *("question", "column", "administrator_study", "reviewer_study", "applicable"),
                *("applicability", "administrator_level", "reviewer_level", "prevails"),
            ),
        ),
        (WHOLE.but(question=""), ("question",)),
        (WHOLE.but(reviewer_level=None, prevails=None), ("reviewer_level", "prevails")),
        (WHOLE.but(applicability=" "), ("applicability",)),
    ],
)
def test_missing(weighing: Weighing, names: tuple[str, ...]) -> None:
    assert missing(weighing) == names


@pytest.mark.parametrize("text", ["", " ", " \xa0 "])
def test_a_weighing_of_white_space_is_blank(text: str) -> None:
    assert Weighing(question=text, applicability=text).is_blank()
    assert not Weighing(question=text, prevails="reviewer").is_blank()
    assert not Weighing(question=text, reviewer_level="5").is_blank()


@each_row(
    ("theirs", "ours", "prevails", "against"),
    [
        ("5", "1b", "reviewer", False),
        ("5", "1b", "administrator", True),
        ("1a", "1b", "reviewer", True),
        ("1a", "1b", "administrator", False),
        ("1c", "2", "reviewer", True),
        ("2", "1c", "reviewer", False),
        ("3", "3", "reviewer", False),
        ("3", "3", "administrator", False),
        ("5", "1b", None, False),
        (None, "5", "reviewer", False),
        ("1a", None, "reviewer", False),
        (None, None, None, False),
    ],
)
def test_is_against_level(theirs: Any, ours: Any, prevails: Any, against: bool) -> None:
    weighing = Weighing(administrator_level=theirs, reviewer_level=ours, prevails=prevails)
    assert is_against_level(weighing) is against


@each_row(
    ("applicable", "prevails", "against"),
    [
        ("both", "administrator", True),
        ("both", "reviewer", False),
        ("administrator", "administrator", False),
        ("administrator", "reviewer", True),
        ("reviewer", "reviewer", False),
        ("reviewer", "administrator", True),
        ("neither", "administrator", False),
    ],
)
def test_studies_that_do_not_apply_are_not_weighed(
    applicable: Any, prevails: Any, against: bool
) -> None:
    weighing = WHOLE.but(applicable=applicable, prevails=prevails)
    assert is_against_level(weighing) is against


_LEVELS = st.sampled_from(get_args(EvidenceLevel))


@given(_LEVELS, _LEVELS)
def test_one_side_at_most_is_against_level(theirs: EvidenceLevel, ours: EvidenceLevel) -> None:
    weighing = Weighing(administrator_level=theirs, reviewer_level=ours, prevails="reviewer")
    other = weighing.but(prevails="administrator")
    assert is_against_level(weighing) + is_against_level(other) == (theirs != ours)


# In a case file


def test_a_weighing_stands_below_the_citations_of_its_item() -> None:
    items = (
        weighed(WHOLE, citations=(MTUS,), administrator_citations=(OTHER,)),
        weighed(Weighing(prevails="reviewer")),
    )
    text = encode(a_case(items=items)).decode()
    assert text.count("[items.weighing]") == 2
    assert text.index("[[items.citations]]") < text.index("[items.weighing]")
    first, second = tomllib.loads(text)["items"]
    assert first["weighing"] == {
        "question": "Does massage help sprains",
        "column": "treatment",
        "administrator_study": "Poe, 2001.",
        "reviewer_study": "Doe, 2010",
        "applicable": "both",
        "administrator_level": "5",
        "reviewer_level": "1b",
        "applicability": "The trial had workers of this age",
        "prevails": "reviewer",
    }
    assert second["weighing"] == {"question": "", "applicability": "", "prevails": "reviewer"}
    assert decode(text.encode(), "x").items == items


def test_a_case_without_a_weighing_has_no_table_for_it() -> None:
    assert b"weighing" not in encode(a_case(items=(weighed(None),)))


@given(strategies.weighings())
def test_any_weighing_comes_back(weighing: Weighing) -> None:
    case = Case.blank(NUMBER).but(items=(weighed(weighing), weighed(None), weighed(weighing)))
    assert decode(encode(case), "x") == case


def test_a_weighing_written_by_hand() -> None:
    (item,) = read('[items.weighing]\nquestion = "How long?"\nreviewer_level = "1c"\n').items
    assert item.weighing == Weighing(question="How long?", reviewer_level="1c")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            '[items.weighing]\nreviewer_levle = "5"\n',
            "line 6: items 1 weighing reviewer_levle is not a known key, did you mean "
            "'reviewer_level'",
        ),
        (
            '[items.weighing]\nreviewer_level = "6"\n',
            "line 6: items 1 weighing reviewer_level must be '1a', '1b', '1c', '2', '3', '4' or",
        ),
        (
            "[items.weighing]\nreviewer_level = 5\n",
            "line 6: items 1 weighing reviewer_level must be '1a'",
        ),
        (
            '[items.weighing]\nprevails = "both"\n',
            "line 6: items 1 weighing prevails must be 'administrator' or 'reviewer'",
        ),
        ('weighing = "none"\n', "line 5: items 1 weighing must be a table"),
        ("[[items.weighing]]\n", "line 5: items 1 weighing must be a table"),
    ],
)
def test_a_wrong_weighing_is_located(text: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(text)
    assert f"x.toml, {says}" in str(caught.value)

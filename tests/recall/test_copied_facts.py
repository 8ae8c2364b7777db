"""A text that is copied into another case loses the facts that are not true there."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given, strategies as st

from imr_tui import checks
from imr_tui.checks import CheckContext
from imr_tui.letter.render.renderer import render
from imr_tui.model import edits
from imr_tui.model.case import Case, Record
from imr_tui.model.limits import MAX_COPIED
from imr_tui.reading.facts.facts import facts
from imr_tui.recall.copied_facts import blank_foreign_facts
from imr_tui.recall.copied_sentences import copied, unchanged_sentences
from imr_tui.store.cases.case_codec import decode, encode
from tests import strategies
from tests.builders import NOW, a_case, a_complete_case, an_item

SUMMARY = (
    "This 54 year old man was injured on 10/23/2013. He has pain of the left knee, rated 7/10, and "
    "had 6 visits of therapy by March 2014 and takes Norco 10/325 mg. A bulge at L4-5 and at L5-S1 "
    "is known."
)
REQUEST = "Physical therapy of the left knee, 2 times a week for 4 weeks"


def a_target() -> Case:
    """A case that states a few facts."""
    case = a_case(items=(an_item(REQUEST),))
    record = Record(title="MRI of the right hip", to=date(2014, 5, 2))
    particulars = case.particulars.but(ur_decision_date=date(2014, 6, 11))
    return edits.set_summary(case, SUMMARY).but(records=(record,), particulars=particulars)


def blanked(text: str, case: Case | None = None) -> str:
    return blank_foreign_facts(text, case or a_target()).text


def flagged(text: str) -> list[tuple[str, str]]:
    result = blank_foreign_facts(text, a_target())
    return [(each.kind, result.text[slice(*each.span)]) for each in result.flagged]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Dates, in any form; of the summary, the documents and the header.
        ("On 11/23/2013 and October 23, 2013.", "On *** and October 23, 2013."),
        ("Seen on 5-2-14, denied on June 11, 2014.", "Seen on 5-2-14, denied on June 11, 2014."),
        ("In October 2013, in October 2014, in 2013, in 2012.",
         "In October 2013, in ***, in 2013, in ***."),
        ("On March 18, 2014, in March, by July.", "On ***, in March, by ***."),
        # Ages.
        ("A 45-year-old and a 54-year-old.", "A ***-year-old and a 54-year-old."),
        ("He is in his fifties, not in his 40s.", "He is in his fifties, not in his ***."),
        # Amounts, with their units.
        ("Six visits, 6 sessions, 6 weeks.", "Six visits, 6 sessions, *** weeks."),
        ("Seven visits, a 6-visit trial.", "*** visits, a 6-visit trial."),
        ("Eight visits, 2 times a week for 4 weeks.", "Eight visits, 2 times a week for 4 weeks."),
        ("Therapy twice a week for 5 weeks, 2x8.", "Therapy twice a week for *** weeks, 2x***."),
        ("Therapy 2 times a week for 3 weeks.", "Therapy 2 times a week for *** weeks."),
        ("Worse by 50%7 and 8 out of 10.", "Worse by *** and ***."),
        ("Pain was 7/10, then 8/10, better by 50%.", "Pain was 7/10, then ***, better by ***."),
        ("Pages 98-99 of the MTUS (2009).", "Pages 98-99 of the MTUS (2009)."),
        # Strengths.
        ("Norco 10/325mg #60, Norco 5/325 mg.", "Norco 10/325mg ***, Norco *** mg."),
        # Levels of the spine.
        ("At L4-5, L4-S1, L3-4 and C5-6.", "At L4-5, L4-S1, *** and ***."),
        ("The L5 root, the C6 root.", "The L5 root, the *** root."),
        # Sides, with their regions.
        ("The left knee, the right knee.", "The left knee, the *** knee."),
        ("The right hip, the left hip, both knees.", "The right hip, the *** hip, *** knees."),
        ("The left shoulder; on the left.", "The *** shoulder; on the left."),
        ("Right-handed, left-hand dominant.", "***-handed, ***-hand dominant."),
        ("No facts are here.", "No facts are here."),
    ],
)  # fmt: skip
def test_facts_that_the_case_does_not_state_become_blanks(text: str, expected: str) -> None:
    assert blanked(text) == expected


def test_numbers_of_a_guideline_stay_and_are_flagged() -> None:
    text = "ODG recommends up to 10 visits over 5 weeks. She had 10 visits."
    assert blanked(text) == "ODG recommends up to 10 visits over 5 weeks. She had *** visits."
    assert flagged(text) == [("guideline", "10"), ("guideline", "5"), ("sex", "She")]


def test_words_for_the_other_sex_and_other_regions_are_flagged() -> None:
    text = "He walks. Her shoulder and her knee hurt; he/she rests. The woman limps."
    assert blanked(text) == text
    expected = [("sex", "Her"), ("region", "shoulder"), ("sex", "her"), ("sex", "woman")]
    assert flagged(text) == expected


def test_a_case_without_a_summary_states_nothing() -> None:
    text = "This 54 year old man has pain of 7/10 of the left knee since 2013."
    result = blank_foreign_facts(text, Case.blank("A"))
    assert result.text == "This *** year old man has pain of *** of the *** knee since ***."
    assert {each.kind for each in result.flagged} == {"sex", "region"}


def test_a_rationale_states_nothing_because_it_may_be_copied() -> None:
    case = edits.set_rationale(a_target(), 0, "She had 99 visits.")
    assert blanked("She had 99 visits.", case) == "She had *** visits."


def test_a_blank_that_joins_two_sentences() -> None:
    # "12" no longer begins a sentence, so that the first one is no guideline's.
    text = "ODG recommends 10 visits. 12 visits were requested for this worker."
    assert blanked(text) == "ODG recommends *** visits. *** visits were requested for this worker."


PIECES = st.sampled_from(
    [
        *(
            "The MTUS recommends ",
            "ODG (updated 3/18/15) states ",
            "The worker had ",
            "9 visits",
            "6",
        ),
        *(
            " weeks. ",
            "10/23/2013",
            "on May 3",
            " left ",
            "right knee",
            "L4-5",
            "C5",
            "#",
            "x",
            "50%",
        ),
        *(
            "he ",
            "***",
            "*",
            "twelve sessions",
            "45-year-old ",
            ", ",
            ". ",
            "\n\n",
            "(1) ",
            "2009",
            "-",
        ),
        *("Norco ", "10/325 mg", " to ", "/", "7/10", " of ", "in his 50s ", "both ", "'", '"'),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | strategies.raw_texts


@given(TEXTS, st.sampled_from([a_target(), Case.blank("A"), a_complete_case()]))
def test_a_second_pass_changes_nothing(text: str, case: Case) -> None:
    once = blank_foreign_facts(text, case)
    assert blank_foreign_facts(once.text, case) == once
    for each in once.flagged:
        assert 0 <= each.span[0] < each.span[1] <= len(once.text)


@given(TEXTS)
def test_a_text_without_facts_is_unchanged(text: str) -> None:
    if not facts(text):
        assert blanked(text) == text


@given(TEXTS)
@example("6 visits. Six.")
@example("L4-S1 and L4 to S1")
def test_a_text_is_unchanged_in_a_case_that_states_all_of_it(text: str) -> None:
    case = edits.set_summary(a_case(items=(an_item("X"),)), text)
    assert blanked(case.summary.text, case) == case.summary.text


@given(strategies.cases(), strategies.raw_texts)
def test_any_text_goes_into_any_case(case: Case, text: str) -> None:
    blank_foreign_facts(text, case)


# ── What was copied ──────────────────────────────────────────────────────────────────────────


def test_only_digests_of_the_sentences_are_recorded() -> None:
    record = copied(a_target(), 0, "She had 9 visits. It is not necessary. She had 9 visits.", NOW)
    assert (record.case, record.item, record.at) == (a_target().number, 1, NOW)
    assert len(record.sentences) == 2
    assert "visits" not in str(record)
    many = " ".join(f"He had {number} visits." for number in range(MAX_COPIED + 5))
    assert len(copied(a_target(), 0, many, NOW).sentences) == MAX_COPIED


def test_the_sentences_that_are_as_in_the_source() -> None:
    record = copied(a_target(), 0, "She had 9 visits. It\u2019s not necessary. It helped.", NOW)
    text = "She had *** visits. IT'S  not\nnecessary. It helped. More is asked."
    item = an_item("X", rationale=text, copied=(record,))
    assert [each.text for each in unchanged_sentences(item)] == [
        "IT'S  not\nnecessary.",
        "It helped.",
    ]
    assert list(unchanged_sentences(item.but(copied=()))) == []


def test_what_was_copied_is_stored_but_not_printed() -> None:
    text = "She had 9 visits. It is not necessary."
    case = edits.set_rationale(a_complete_case(), 0, text)
    recorded = edits.add_copied(case, 0, copied(a_target(), 0, text, NOW))
    assert decode(encode(recorded), "x") == recorded != case
    assert render(recorded) == render(case)


@pytest.mark.parametrize(
    "change",
    [
        lambda case, text: edits.set_rationale(case, 0, text),
        lambda case, text: edits.set_summary(case, text),
        lambda case, text: edits.set_item_line(case, 0, "request", text),
    ],
    ids=["rationale", "summary", "request"],
)
@pytest.mark.parametrize(
    "text", ["It is ***.", 'The note says "*** visits".', "***x*** mg; ***-year"]
)
def test_an_open_blank_blocks_the_letter(change: Callable[[Case, str], Case], text: str) -> None:
    found = checks.errors(CheckContext(change(a_complete_case(), text)))
    assert "IMR111" in {each.rule.id for each in found}

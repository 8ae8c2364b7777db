"""The written determinations load, and each fault fits into one of them and changes it."""

from collections import Counter

import pytest

from imr_tui.model.case import Case
from tests import seeded
from tests.seeded.written import Misfit, bases, broken, entries, faults, kinds

CLEAN = bases()


@pytest.mark.parametrize("name", CLEAN)
def test_a_determination_is_complete(name: str) -> None:
    case = CLEAN[name]
    dates = case.particulars
    assert case.number == name
    assert case.summary.text
    assert all(item.request and item.rationale and item.decision for item in case.items)
    assert all(item.cites or item.uncited for item in case.items)
    assert None not in (dates.date_of_injury, dates.ur_decision_date, dates.decision_date)


def test_they_are_named_once_and_only_after_invented_parties() -> None:
    numbers = [case.number for case in (*seeded.bases().values(), *CLEAN.values())]
    assert len(numbers) == len(set(numbers)) >= 64
    assert len(CLEAN) >= 40
    invented = ("Sample", "Invented", "Imaginary", "Example", "Testcase")
    for case in CLEAN.values():
        assert all(any(word in name for word in invented) for name in case.parties.named())


@pytest.mark.slow
def test_every_fault_fits_and_changes_its_determination() -> None:
    seen: set[tuple[str, str]] = set()
    for base, kind, case in faults():
        assert case != CLEAN[base], (base, kind)
        text = (kind, case.model_dump_json())
        assert text not in seen, (base, kind)
        seen.add(text)


def test_there_are_enough_faults_of_every_kind() -> None:
    count = Counter(kind for kind, _ in entries())
    assert count.keys() == kinds().keys()
    assert count.total() >= 1500
    assert min(count.values()) >= 8, count.most_common()[-3:]


def test_every_determination_has_faults() -> None:
    assert {entry["base"] for _, entry in entries()} == CLEAN.keys()


def a_case() -> Case:
    return CLEAN["W01-cervical-mri"]


@pytest.mark.parametrize("words", ["no such words", "the"])
def test_words_have_to_be_there_exactly_once(words: str) -> None:
    with pytest.raises(Misfit, match="times, not once"):
        broken(a_case(), {"where": "summary", "find": words, "replace": "x"})


def test_a_sentence_is_put_where_the_entry_says() -> None:
    text = a_case().items[0].rationale
    last = "The request for an MRI of the cervical spine without contrast"
    where = {"where": "item 1 rationale"}
    before = broken(a_case(), {**where, "before": last, "insert": "So."})
    assert before.items[0].rationale == text.replace(last, f"So. {last}")
    after = broken(a_case(), {**where, "after": "C6 root.", "insert": "So."})
    assert after.items[0].rationale == text.replace("C6 root.", "C6 root. So.")
    end = broken(a_case(), {**where, "append": "So."})
    assert end.items[0].rationale == f"{text} So."


def test_fields_are_set_and_emptied() -> None:
    set_ = broken(a_case(), {"where": "item 2 citation 1 year", "value": 2009})
    assert set_.items[1].citations[0].year == 2009
    empty = broken(a_case(), {"where": "item 2 citation 1 year", "blank": True})
    assert empty.items[1].citations[0].year is None
    state = broken(a_case(), {"where": "license 2", "value": "Oregno"})
    assert state.reviewer.licenses == ("California", "Oregno")
    bare = broken(a_case(), {"where": "summary", "append": "So.", "without": ["date_of_injury"]})
    assert bare.particulars.date_of_injury is None

"""What a rationale argues about: subjects, criteria, results, shared reasons, foreign sentences."""

import re

from hypothesis import given, strategies as st

from imr_tui.reading.conclusions.subjects import subjects
from imr_tui.reading.language.beginnings import LENGTH, beginnings
from imr_tui.reading.language.patterns import lowered
from imr_tui.reading.language.tables import table
from imr_tui.reading.treatments.criteria import argued, foreseen
from imr_tui.reading.treatments.foreign import foreign_sentences
from imr_tui.reading.treatments.repeated import shared, shared_reasons
from imr_tui.reading.treatments.results import drugs_taken, studies_with_result
from imr_tui.reading.treatments.services import fits, other_region, other_treatment, service
from tests.rows import each_row
from tests.strategies import raw_texts

SUBJECTS = [
    ("The request for an MRI of the knee is not medically necessary.", "an mri of the knee"),
    ("As such, the request for Norco #60 is medically necessary.", "norco #60"),
    ("As the surgery is not medically necessary, the brace is not medically necessary.", "brace"),
    ("The blocks are supported, but the sedation is not medically necessary.", "sedation"),
    ("Acupuncture is medically necessary, as the necessity of opioids is unclear.", "acupuncture"),
    ("The medical necessity of a gym membership is not established.", "a gym membership"),
    ("For this reason, 6 visits of massage are medically necessary.", "6 visits of massage"),
    ("As the surgery is not medically necessary, neither is anything else.", ""),
    ("It is not medically necessary.", ""),
]
CRITERIA = [
    ("The criteria for an MRI are not met.", "mri"),
    ("The MTUS recommends massage as an adjunct.", "massage"),
    ("Acupuncture is recommended by ODG for neck pain.", "acupuncture"),
    ("The EMG in question was ordered.", "emg"),
    ("The requested walker was ordered.", "walker"),
    ("The MTUS knee chapter lists it.", "knee"),
    ("The chapter on the elbow names rest.", "elbow"),
]
SAME = [
    ("Norco 10/325mg #60", "hydrocodone with acetaminophen"),
    ("Norco 10/325mg #60", "the requested opioid"),
    ("MRI of the left knee", "imaging study"),
    ("Electrical stimulation unit", "TENS"),
    ("Retrospective request for a wrist wrap", "wrap of the wrist"),
]
DIFFERENT = [
    ("Norco 10/325mg #60", "soma 350mg", "carisoprodol"),
    ("Diclofenac 1% gel", "lidocaine gel", "lidocaine topical"),
    ("TENS unit", "h-wave unit", "the H-wave"),
    (
        "Radiofrequency ablation of the medial branches",
        "epidural injection of the medial branches",
        "the epidural injection",
    ),
    ("Norco 10/325mg #60", "mri of the knee", "the MRI"),
]
RESULTS = [
    ("The bone scan shows increased uptake.", ["bone scan"]),
    ("This is confirmed by the CT of the wrist.", ["CT"]),
    ("A CT scan would show the defect.", []),
    ("No bone scan showed a fracture.", []),
    ("The guideline asks that an MRI confirmed the tear.", []),
    ("Massage showed a benefit.", []),
]
TAKEN = [
    ("The worker has taken Soma since May.", ["carisoprodol"]),
    ("Paroxetine was not tolerated.", ["paroxetine"]),
    ("If Soma is on the list, the worker takes it.", []),
    ("The worker takes Soma and Norco.", []),
]
FOREIGN = [
    (["A. B.", "The dentist noted a broken molar."], "", [(1, "the teeth")]),
    (["A. B.", "The dentist noted a broken molar."], "Dental crown", []),
    (["A. B. A dentist was seen.", "The dentist noted a broken molar."], "", []),
    (["The dentist broke a molar. B.", ""], "", []),
    (["A. B. Past history includes a broken molar.", ""], "", []),
    (["Pain of the knee. Gait. The knee pain after dialysis is knee pain.", ""], "", []),
]


@each_row(("text", "subject"), SUBJECTS)
def test_the_subject_of_a_conclusion(text: str, subject: str) -> None:
    assert [lowered(each.text) for each in subjects(text) if each.is_decided][-1] == subject


REASONS = [
    ("As the fusion is not medically necessary, the brace is not medically necessary.", "fusion"),
    ("Since the MRI of the knee was not certified, the brace is not necessary.", "MRI of the knee"),
]


@each_row(("text", "words"), REASONS)
def test_the_subject_of_a_reason(text: str, words: str) -> None:
    reason, concluded = subjects(text)
    assert reason.is_reason
    assert reason.text.endswith(words)
    assert concluded.text == "brace"


def test_support_has_a_subject_and_decides_nothing() -> None:
    (subject,) = subjects("The requested MRI of the left knee without contrast is not supported.")
    assert (subject.text, subject.is_decided) == ("MRI of the left knee without contrast", False)


@given(raw_texts)
def test_a_subject_is_a_part_of_the_text(text: str) -> None:
    said = f"{text} The {text} is not medically necessary. As {text} is supported, it is certified."
    for subject in subjects(said):
        assert said[subject.start :].startswith(subject.text)


@each_row(("text", "words"), CRITERIA)
def test_what_criteria_are_about(text: str, words: str) -> None:
    assert words in [each.words.strip() for each in argued(text)]


def test_what_a_study_would_show() -> None:
    assert [each.words for each in foreseen("An EMG would show it. It would be good.")] == ["emg"]


@each_row(("request", "words"), SAME)
def test_words_for_the_request(request: str, words: str) -> None:
    assert other_treatment(service(request), service(words)) == ""


@each_row(("asked", "words", "other"), DIFFERENT)
def test_words_for_something_else(asked: str, words: str, other: str) -> None:
    assert other_treatment(service(asked), service(words)) == other


def test_regions_and_words_of_services() -> None:
    knee, shoulder = service("MRI of the left knee"), service("an mri of the shoulder")
    assert other_region(knee, shoulder) == "the shoulder"
    assert other_region(knee, service("an mri")) == ""
    assert fits(service("the lumbar discogram"), service("Lumbar discogram L4-S1")) == 1
    assert fits(service("discogram"), knee) == 0
    assert service("the requested service").is_blank


@each_row(("text", "kinds"), RESULTS)
def test_results_of_studies(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in studies_with_result(text)] == kinds


@each_row(("text", "names"), TAKEN)
def test_drugs_that_the_worker_takes(text: str, names: list[str]) -> None:
    assert [drug.generic for drug, _ in drugs_taken(text)] == names


@each_row(("texts", "requested", "found"), FOREIGN)
def test_sentences_from_another_letter(
    texts: list[str], requested: str, found: list[tuple[int, str]]
) -> None:
    sentences = foreign_sentences(texts, requested)
    assert [(number, topic) for number, topic, _ in sentences] == found


def test_words_that_two_texts_share() -> None:
    one = "Grip is weak. The Beck score has fallen by twelve points, which is good."
    other = "Since May the Beck score has fallen by twelve points. The bed is medically necessary."
    (run,) = shared(one, other)
    said = "the beck score has fallen by twelve points"
    assert one[slice(*run.span)].lower() == other[slice(*run.other)].lower() == said
    assert shared_reasons(one, other) == (run,)
    assert shared("one two three four five", "one two three four five") == ()


@given(raw_texts, raw_texts)
def test_shared_words_are_in_both(one: str, other: str) -> None:
    for run in shared(one, f"{other} {one}"):
        assert one[slice(*run.span)].split()


@given(
    st.sampled_from(
        [words for row in table("treatments/treatments")["kind"] for words in row["words"]]
    )
)
def test_beginnings_of_patterns(words: str) -> None:
    found = beginnings(words)
    assert found
    assert all(len(each) == LENGTH or each.endswith("*") for each in found)


def test_beginnings() -> None:
    assert beginnings(r"x-?\s?rays?") == {"x-*", "x-r", "x*", "xra"}
    assert beginnings("(?:foot |shoe )*inserts?") == {"foo", "sho", "ins"}
    assert beginnings("[apt]lif|ot") == {"ali", "pli", "tli", "ot*"}
    assert beginnings(r"\bpa-?c\b(?! x)") == {"pa-", "pac"}
    assert beginnings(r"\w+ology") == {"*"}
    for pattern, text in (("a?b", "b"), ("a+b", "aab"), ("[a-f]x", "cx"), ("(?:a|bc)d", "ad")):
        assert re.fullmatch(pattern, text)
        starts = {each.rstrip("*") for each in beginnings(pattern)}
        assert any(text.startswith(each) for each in starts)

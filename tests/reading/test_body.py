"""Regions with their sides, levels of the spine, kinds of treatment."""

import re

import pytest

from imr_tui.reading.body import anatomy
from imr_tui.reading.body.anatomy import levels, regions
from imr_tui.reading.language.tables import table
from imr_tui.reading.treatments import treatment_kinds
from tests.rows import each_row

REGIONS = [
    ("MRI of the cervical spine", {"cervical spine"}),
    ("neck pain", {"cervical spine"}),
    ("the low back", {"lumbar spine"}),
    ("Facet injection L4-5", {"lumbar spine"}),
    ("the spine", {"spine"}),
    ("a torn meniscus", {"knee"}),
    ("rotator cuff tear", {"shoulder"}),
    ("carpal tunnel release", {"wrist"}),
    ("trigger finger", {"hand"}),
    ("upper extremities", {"upper extremity"}),
    ("an umbilical hernia", {"abdomen"}),
    ("hearing aids", {"ear"}),
    ("the Low Back Chapter of the ODG", set()),
    ("Neck and Upper Back Complaints", set()),
    ("on the other hand", set()),
    ("a ladder of 6 feet high", set()),
    ("a handwritten note at hand", set()),
    ("head-to-head trials", set()),
]
SIDES = [
    ("the left knee", "left"),
    ("right, dominant shoulder", "right"),
    ("bilateral wrists", "bilateral"),
    ("left and right knees", "bilateral"),
    ("knee (right)", "right"),
    ("right-sided hip pain", "right"),
    ("the knee", None),
    ("right away the knee", None),
]
LEVELS = [
    ("L4-5", {("L4", "L5")}),
    ("L4/L5", {("L4", "L5")}),
    ("L5-S1", {("L5", "S1")}),
    ("C5 to C7", {("C5", "C6"), ("C6", "C7")}),
    ("T10", {("T9", "T10"), ("T10", "T11")}),
    ("T2-weighted", set()),
    ("S1-20", set()),
    ("9792.L4", set()),
    ("L5-4", set()),
]
KINDS = [
    ("MRI without contrast", "MRI"),
    ("EMG/NCS", "electrodiagnosis"),
    ("chiropractic treatment", "manipulation"),
    ("TENS unit", "electrical stimulation"),
    ("ESWT", "shock wave therapy"),
    ("ESI at L4-5", "epidural injection"),
    ("Urine Test", "drug screen"),
    ("Pre-op labs: PT/PTT", "laboratory test"),
    ("partial hospitalization", "hospital care"),
    ("hernia repair", "hernia repair"),
    ("laser therapy, 6 visits", "laser therapy"),
    ("hyperbaric oxygen", "hyperbaric oxygen"),
    ("TMS, 30 sessions", "magnetic stimulation"),
    ("neuropsychological testing", "neuropsychological testing"),
    ("sudomotor testing", "sudomotor testing"),
    ("pharmacogenetic test", "genetic testing"),
    ("detoxification program", "detoxification"),
    ("ketamine infusion", "ketamine infusion"),
    ("peripheral nerve stimulator", "nerve stimulator"),
    ("wound vac", "wound care"),
    ("below-knee amputation", "amputation"),
    ("compression stockings", "compression stockings"),
    ("certified interpreter", "interpreter"),
]
NOT_KINDS = [
    ("ganglion excision, right wrist", "injection"),
    ("intrathecal pain pump", "spinal cord stimulator"),
    ("dry needling", "acupuncture"),
    ("CT arthrogram", "MRI"),
    ("ultrasound for a hernia", "surgery"),
    ("endovenous vein ablation", "nerve ablation"),
    ("VAX-D, 12 sessions", "decompression"),
    ("decompression therapy, 12 sessions", "decompression"),
    ("manipulation under anesthesia", "visit"),
]
"""Requests that were taken for another kind of treatment."""
RELATED = [
    ("TENS", "electrical stimulation", True),
    ("TENS", "equipment", True),
    ("TENS", "H-wave", False),
    ("MR arthrogram", "MRI", True),
    ("CT arthrogram", "MRI", False),
    ("walker", "cane", False),
    ("walker", "walking aid", True),
    ("occupational therapy", "physical therapy", True),
    ("physical therapy", "manipulation", False),
    ("viscosupplementation", "joint injection", True),
    ("facet injection", "epidural injection", False),
    ("hernia repair", "surgery", True),
]


@each_row(("text", "names"), REGIONS)
def test_regions(text: str, names: set[str]) -> None:
    assert anatomy.names(text) == names


@pytest.mark.parametrize(("text", "side"), SIDES)
def test_sides(text: str, side: str | None) -> None:
    assert regions(text)[0].side == side


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("wrist", "hand", True),
        ("spine", "lumbar spine", True),
        ("upper extremity", "elbow", True),
        ("cervical spine", "upper extremity", True),
        ("cervical spine", "lumbar spine", False),
        ("knee", "shoulder", False),
        ("upper extremity", "lower extremity", False),
    ],
)
def test_regions_that_may_be_the_same(one: str, other: str, meet: bool) -> None:
    assert anatomy.related(one, other) is meet
    assert anatomy.related(other, one) is meet


@pytest.mark.parametrize(("text", "segments"), LEVELS)
def test_levels(text: str, segments: set[tuple[str, str]]) -> None:
    assert {each for level in levels(f"at {text} of") for each in level.segments} == segments


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kinds(text: str, kind: str) -> None:
    assert kind in treatment_kinds.all_kinds(text)


@each_row(("text", "kind"), NOT_KINDS)
def test_kinds_that_a_request_is_not(text: str, kind: str) -> None:
    assert treatment_kinds.kinds(text)
    assert kind not in treatment_kinds.all_kinds(text)


@each_row(("one", "other", "meet"), RELATED)
def test_kinds_that_may_be_the_same(one: str, other: str, meet: bool) -> None:
    assert treatment_kinds.related(one, other) is meet
    assert treatment_kinds.related(other, one) is meet


def test_a_general_word_beside_a_specific_one_is_no_kind() -> None:
    assert treatment_kinds.kinds("Trigger point injections, 4 injections") == {
        "trigger point injection"
    }


@pytest.mark.parametrize(
    ("name", "rows"),
    [("body/regions", "region"), ("treatments/treatments", "kind"), ("treatments/topics", "topic")],
)
def test_the_tables_are_in_order(name: str, rows: str) -> None:
    listed = table(name)[rows]
    names = [row["name"] for row in listed]
    assert len(names) == len(set(names))
    for row in listed:
        assert {*row.get("parts", ()), *row.get("neighbours", ()), *row.get("of", ())} <= set(names)
        for words in row["words"]:
            assert not re.compile(words).groups
            assert words == words.lower() or "\\" in words
    assert {each for kin in table(name).get("kin", ()) for each in kin} <= set(names)

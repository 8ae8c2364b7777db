"""The categories of service agree with labels that were given by hand before the code."""

from pathlib import Path
from typing import Any

import pytest
import tomli

from imr_tui.catalogue import tables
from imr_tui.catalogue.categories import OTHER, categories, category_of, drug_classes
from imr_tui.reading.language.tables import table
from imr_tui.statistics.facts import facts_of
from tests.test_letters import EXPECTED, case_in

HERE = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    return tomli.loads((HERE / name).read_text(encoding="utf-8"))


REQUESTS = {
    request: category
    for category, row in read("requests.toml").items()
    for request in row["requests"]
}
"""Invented requests with their categories."""


@pytest.mark.parametrize("request_", REQUESTS)
def test_invented_requests_have_the_category_of_their_label(request_: str) -> None:
    assert category_of(request_) == REQUESTS[request_]


@pytest.mark.process
@pytest.mark.skipif(not EXPECTED, reason="the published letters are not here")
def test_the_published_items_agree_with_their_labels() -> None:
    labels = {row["number"]: row["items"] for row in read("labels.toml")["letters"]}
    assert labels.keys() == EXPECTED.keys()
    pairs: list[tuple[str, str]] = []
    for number, wanted in labels.items():
        found = [item.category for item in facts_of(case_in(number, "text"), None).items]
        assert len(found) == len(wanted)
        pairs += zip(found, wanted, strict=True)
    agreeing = sum(found == wanted for found, wanted in pairs)
    assert agreeing >= 0.95 * len(pairs)
    assert sum(found == OTHER for found, _ in pairs) <= 0.05 * len(pairs)


def test_labels_and_requests_name_only_categories_that_exist() -> None:
    labels = {each for row in read("labels.toml")["letters"] for each in row["items"]}
    assert labels | set(REQUESTS.values()) <= categories().keys()


def test_every_kind_of_treatment_stands_in_exactly_one_category() -> None:
    kinds = [row["name"] for row in table("treatments/treatments")["kind"]]
    listed = [kind for row in tables.table("categories")["category"] for kind in row["kinds"]]
    assert sorted(listed) == sorted(kinds)
    # A kind may be named like a category only if it stands in it.
    named = {row["id"]: row["kinds"] for row in tables.table("categories")["category"]}
    assert all(kind in named[kind] for kind in set(kinds) & named.keys())


@pytest.mark.parametrize(
    ("request_", "category"),
    [
        ("", OTHER),
        ("   ", OTHER),
        ("Approval", OTHER),
        ("Retrospective request for MRI of the left knee", "diagnostic-testing"),
        ("Associated surgical service: cold therapy unit", "dmepos"),
        ("Consultation for lumbar epidural steroid injection", "evaluation-management"),
        ("Acupuncture with capsaicin patch", "rehabilitation"),
        ("Norco for pain after surgery", "pharmaceuticals"),
        ("ACUPUNCTURE 2 X 6", "rehabilitation"),
        ("General surgery consultation", "evaluation-management"),
        ("Bone growth stimulator, purchase", "dmepos"),
        ("Cognitive therapy for depression", "mental-health"),
        ("Twelve (12) visits of physical therapy", "rehabilitation"),
    ],
)
def test_the_first_words_of_a_request_decide(request_: str, category: str) -> None:
    assert category_of(request_) == category


@pytest.mark.parametrize(
    ("request_", "classes"),
    [
        ("Norco 10/325mg #120", ("opioid",)),
        ("Diclofenac/misoprostol 75-0.2mg #60", ("NSAID",)),
        ("Naproxen 550 mg #60 and Omeprazole 20 mg #60", ("NSAID", "proton pump inhibitor")),
        ("Gabapentin 10%, Cyclobenzaprine 6%, Bupivacaine 5% in cream base", ("compound",)),
        ("Compound cream: Ketoprofen, Lidocaine", ("compound",)),
        ("Opioid medication", ("opioid",)),
        ("Medication refill", ("unknown",)),
    ],
)
def test_drugs_are_counted_by_class(request_: str, classes: tuple[str, ...]) -> None:
    assert drug_classes(request_) == classes

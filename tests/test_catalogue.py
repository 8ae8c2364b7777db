"""The catalogue: its data files, what was in force when, the search, and typed credentials."""

import subprocess
import sys
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, strategies as st

from imr_tui.catalogue.catalogue import shipped
from imr_tui.catalogue.credentials import (
    complete,
    specialties,
    specialty,
    spelled_out,
    split_list,
    state,
    states,
)
from imr_tui.catalogue.guidelines import Guideline
from imr_tui.catalogue.search import Hit, index
from imr_tui.catalogue.tables import table
from imr_tui.domain.pages import fault, read_pages
from tests.rows import each_row

SEED_DAY = date(2014, 12, 8)
ENDOCRINOLOGY = "Endocrinology, Diabetes and Metabolism"


def named(guideline_id: str) -> Guideline:
    guideline = shipped().by_id(guideline_id)
    assert guideline is not None
    return guideline


def search(words: str, on: date | None = None, limit: int = 20) -> list[Hit]:
    return index(shipped()).search(words, on, limit=limit)


def ids(found: list[Hit]) -> list[str]:
    return [hit.guideline.id for hit in found]


# The data files


def test_ids_are_unique() -> None:
    assert len({guideline.id for guideline in shipped().guidelines}) == len(shipped().guidelines)


@each_row("guideline", shipped().guidelines)
def test_every_row_can_be_cited(guideline: Guideline) -> None:
    assert guideline.title.strip()
    assert guideline.printed.strip()
    assert bool(guideline.section) or guideline.kind == "other"
    assert bool(guideline.organization) != guideline.is_mtus
    assert (guideline.year is None) == guideline.yearly
    if guideline.kind == "mtus":
        assert guideline.section.startswith("9792.")
        assert guideline.year is not None
        assert not guideline.printed.startswith("MTUS")


@each_row("guideline", shipped().guidelines)
def test_date_ranges_are_ordered(guideline: Guideline) -> None:
    if guideline.effective_to is not None:
        assert guideline.effective_from is not None
        assert guideline.effective_from <= guideline.effective_to
    assert guideline.effective_from is None or guideline.effective_from <= shipped().as_of


@each_row("guideline", shipped().guidelines)
def test_aliases_and_topics_are_named_once(guideline: Guideline) -> None:
    for names in (guideline.aliases, tuple(topic.title for topic in guideline.topics)):
        assert len({name.casefold() for name in names}) == len(names)


@each_row(
    ("guideline_id", "printed", "year"),
    [
        ("mtus-2007-acupuncture", "Acupuncture Treatment", 2007),
        ("mtus-2009-acupuncture", "Acupuncture Treatment", 2007),
        ("mtus-2009-chronicpain", "Chronic Pain Medical Treatment", 2009),
        ("mtus-2009-elbow", "Elbow Complaints", 2007),
        ("mtus-2009-eye", "Eye", 2004),
        ("mtus-2009-general-treatment", "General Approaches", 2004),
        ("mtus-2009-lowback", "Low Back Complaints", 2004),
        ("mtus-2009-postsurgical", "Postsurgical Treatment", 2009),
        ("mtus-2009-stress", "Stress Related Conditions", 2004),
        ("mtus-2016-chronicpain", "Chronic Pain Medical Treatment", 2016),
        ("mtus-2016-opioids", "Opioid Treatment", 2016),
        ("mtus-2019-lowback", "Low Back Disorders", 2019),
        ("mtus-2021-covid", "Coronavirus (COVID-19)", 2021),
        ("mtus-rule-20", "Definitions", 2007),
        (
            "acoem-2004-chapter6",
            "ACOEM Occupational Medicine Practice Guidelines, 2nd edition",
            2004,
        ),
        ("odg-pain", "Official Disability Guidelines (ODG)", None),
    ],
)
def test_printed_titles_and_years(guideline_id: str, printed: str, year: int | None) -> None:
    assert (named(guideline_id).printed, named(guideline_id).year) == (printed, year)


def test_chapters_of_the_mtus_are_listed_once() -> None:
    acoem = [each for each in shipped().guidelines if each.kind == "acoem" and each.year == 2004]
    assert [each.id for each in acoem] == [
        "acoem-2004-chapter4",
        "acoem-2004-chapter6",
        "acoem-2004-chapter7",
    ]
    assert named("mtus-2009-lowback").pages == "286-326"
    assert "ACOEM Ch. 12" in named("mtus-2009-lowback").aliases


@each_row("guideline", shipped().guidelines)
def test_topics_lie_within_their_guideline(guideline: Guideline) -> None:
    for topic in guideline.topics:
        assert not topic.pages or read_pages(topic.pages)
        assert fault(topic.pages, guideline.pages) == ""


def test_the_topics_of_2009_have_their_pages() -> None:
    topics = named("mtus-2009-chronicpain").topics
    assert len(topics) == 54
    assert all(topic.pages for topic in topics)


def test_a_topic_belongs_to_guidelines_that_there_are() -> None:
    known = {guideline.id for guideline in shipped().guidelines}
    for row in table("topics")["topic"]:
        assert row["of"]
        assert set(row["of"]) <= known


def test_unknown_id_is_none() -> None:
    assert shipped().by_id("mtus-1999-phrenology") is None


@pytest.mark.parametrize("name", ["abbreviations", "guidelines", "specialties", "states", "topics"])
def test_data_files_say_what_they_are(name: str) -> None:
    text = files("imr_tui.catalogue").joinpath("data", f"{name}.toml").read_text("utf-8")
    header = text.split("\n\n", 1)[0]
    assert all(line.startswith("#") for line in header.splitlines())
    assert f"{shipped().as_of:%Y-%m-%d}" in header
    assert "http" not in text
    assert "read_at" not in text


# What was in force when


@each_row(
    ("guideline_id", "on", "expected"),
    [
        ("mtus-2009-chronicpain", date(2009, 7, 17), False),
        ("mtus-2009-chronicpain", date(2009, 7, 18), True),
        ("mtus-2009-chronicpain", date(2016, 7, 27), True),
        ("mtus-2009-chronicpain", date(2016, 7, 28), False),
        ("mtus-2016-chronicpain", date(2016, 7, 28), True),
        # It begins and does not end: known up to the as-of day, not beyond.
        ("mtus-2021-lowback", date(2023, 11, 10), True),
        ("mtus-2021-lowback", date(2023, 11, 11), None),
        # Its end was not found.
        ("mtus-2009-acupuncture", date(2009, 7, 17), False),
        ("mtus-2009-acupuncture", SEED_DAY, None),
        # Its end is an upper bound.
        ("mtus-2021-covid", date(2022, 1, 1), None),
        ("mtus-2021-covid", date(2023, 8, 10), False),
        # It has no dates at all.
        ("odg-pain", SEED_DAY, None),
    ],
)
def test_in_force(guideline_id: str, on: date, expected: bool | None) -> None:
    assert named(guideline_id).in_force(on) is expected


@given(st.sampled_from(shipped().guidelines), st.dates())
def test_in_force_never_contradicts_the_dates(guideline: Guideline, on: date) -> None:
    in_force = guideline.in_force(on)
    if in_force:
        assert guideline.effective_from is not None
        assert guideline.effective_from <= on <= (guideline.effective_to or shipped().as_of)
    if in_force is False:
        assert not (guideline.effective_from or on) <= on <= (guideline.effective_to or on)


# Search


@each_row(
    ("words", "on", "first"),
    [
        ("chronic pain", SEED_DAY, "mtus-2009-chronicpain"),
        ("chronic pain", date(2017, 1, 5), "mtus-2016-chronicpain"),
        ("CHRON pai", SEED_DAY, "mtus-2009-chronicpain"),
        ("9792.24.2", SEED_DAY, "mtus-2009-chronicpain"),
        ("9792.24.2", date(2016, 12, 1), "mtus-2016-chronicpain"),
        ("Chronic Pain Medical Treatment 2009", None, "mtus-2009-chronicpain"),
        ("cpmtg", None, "mtus-2009-chronicpain"),
        ("odg pain", SEED_DAY, "odg-pain"),
        ("low back", SEED_DAY, "mtus-2009-lowback"),
        ("low back", date(2022, 1, 1), "mtus-2021-lowback"),
        ("lumbar mtus 2019", None, "mtus-2019-lowback"),
        ("acoem ch. 12", None, "mtus-2009-lowback"),
        ("[neck]", SEED_DAY, "mtus-2009-neck"),
        ("acupuncture", SEED_DAY, "mtus-2009-acupuncture"),
        ("suffering", SEED_DAY, "acoem-2004-chapter6"),
    ],
)
def test_search_finds_first(words: str, on: date | None, first: str) -> None:
    assert ids(search(words, on))[0] == first


@pytest.mark.parametrize("words", ["phrenology", "pain phrenology", "ack", "792.24.2"])
def test_search_finds_nothing(words: str) -> None:
    assert search(words) == []


def test_search_ranks_a_whole_name_above_words_found_apart() -> None:
    found = ids(search("mental stress"))
    assert found.index("odg-mental") > found.index("mtus-2009-stress")
    assert ids(search("Mental Illness Stress"))[0] == "odg-mental"


@pytest.mark.parametrize("words", ["", "   ", "[]", "\x00\x1b"])
def test_empty_search_lists_in_file_order(words: str) -> None:
    def listed(on: date | None, limit: int) -> list[Guideline]:
        return [hit.guideline for hit in search(words, on, limit)]

    assert listed(None, 1000) == list(shipped().guidelines)
    assert listed(None, 20) == list(shipped().guidelines)[:20]
    assert listed(SEED_DAY, 1000) == [
        guideline for guideline in shipped().guidelines if guideline.in_force(SEED_DAY) is not False
    ]


@pytest.mark.parametrize("limit", [-1, 0, 1, 5])
def test_search_keeps_to_its_limit(limit: int) -> None:
    assert len(search("pain", limit=limit)) == max(limit, 0)
    assert len(search("", limit=limit)) == max(limit, 0)


@pytest.mark.parametrize(
    "words",
    ["a" * 10_000, "a " * 5_000, "[" * 10_000, "9792." * 2_000, "\x1b[31m\x00\ud800 漢字", "ß İ"],
    ids=["long word", "many words", "brackets", "dots", "controls", "case folding"],
)
def test_search_takes_any_text(words: str) -> None:
    assert len(search(words, SEED_DAY)) <= 20


@given(st.text(), st.none() | st.dates(), st.integers(-5, 50))
def test_search_never_raises(words: str, on: date | None, limit: int) -> None:
    assert len(search(words, on, limit)) <= max(limit, 0)


@given(st.sampled_from(shipped().guidelines), st.data())
def test_search_finds_a_title_by_its_words_in_any_order(
    guideline: Guideline, data: st.DataObject
) -> None:
    words = data.draw(st.permutations(guideline.title.split()))
    assert Hit(guideline) in search(" ".join(words), limit=1000)


# Credentials


def test_states_and_specialties() -> None:
    assert len(states()) == 56
    assert len(set(states())) == len(states())
    assert {"California", "District of Columbia", "Puerto Rico"} <= set(states())
    assert len(set(specialties())) == len(specialties())
    assert {"Anesthesiology", ENDOCRINOLOGY, "Chiropractor"} <= set(specialties())


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("PM&R", "Physical Medicine & Rehabilitation"),
        (" family practice ", "Family Medicine"),
        ("Pain Management", "Pain Medicine"),
        ("Occupational Medicine", "Occupational Medicine"),
        ("Sports Medicinea", None),
        ("", None),
    ],
)
def test_specialty_by_title_or_alias(name: str, title: str | None) -> None:
    assert specialty(name) == title


@pytest.mark.parametrize(
    ("name", "title"), [("texas", "Texas"), ("dc", "District of Columbia"), ("ZZ", None)]
)
def test_state_by_name_or_code(name: str, title: str | None) -> None:
    assert state(name) == title


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("TX, FL", "Texas, Florida"),
        ("TX; Nevada", "Texas, Nevada"),
        ("tx", "tx"),
        ("PM&R", "PM&R"),
        ("", ""),
        (" Texas,Florida ", " Texas,Florida "),
    ],
)
def test_states_are_spelled_out(typed: str, spelled: str) -> None:
    assert spelled_out(typed, states()) == spelled


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("PM&R, IM", "Physical Medicine & Rehabilitation, Internal Medicine"),
        ("OB/GYN", "Obstetrics & Gynecology"),
        ("TX", "TX"),
        ("Family Practice", "Family Practice"),
        (f"ENT, {ENDOCRINOLOGY}", f"Otolaryngology - Head and Neck Surgery, {ENDOCRINOLOGY}"),
    ],
)
def test_specialties_are_spelled_out(typed: str, spelled: str) -> None:
    assert spelled_out(typed, specialties()) == spelled


@given(st.text())
def test_what_is_spelled_out_stays_so(typed: str) -> None:
    once = spelled_out(typed, states())
    assert spelled_out(once, states()) == once


@each_row(
    ("typed", "completed"),
    [
        ("", None),
        ("Texas, ", None),
        ("flo", "Florida"),
        ("Texas, flo", "Texas, Florida"),
        ("Texas;flo", "Texas;Florida"),
        ("Texas, Florida", None),
        ("Texas, florida", "Texas, Florida"),
        ("virginia", "Virginia"),
        ("Nowhere, new y", "Nowhere, New York"),
        ("flo, Texas", None),
        ("xyz", None),
    ],
)
def test_complete_states(typed: str, completed: str | None) -> None:
    assert complete(typed, states()) == completed


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("PM&R", None),
        ("anes", "Anesthesiology"),
        ("Surgery", None),
        ("surgery o", "Surgery of the Hand"),
        ("Urology, endocrinology, di", f"Urology, {ENDOCRINOLOGY}"),
        (f"{ENDOCRINOLOGY}, uro", f"{ENDOCRINOLOGY}, Urology"),
    ],
)
def test_complete_specialties(typed: str, completed: str | None) -> None:
    assert complete(typed, specialties()) == completed


@given(st.text(alphabet=",; aetx"), st.sampled_from(states() + specialties()), st.data())
def test_complete_finishes_any_beginning(before: str, title: str, data: st.DataObject) -> None:
    typed = f"{before};{title[: data.draw(st.integers(1, len(title)))]}"
    completed = complete(typed, [title])
    assert (completed or typed) == f"{before};{title}"


@given(st.text(), st.lists(st.text()))
def test_complete_never_raises(typed: str, known: list[str]) -> None:
    assert complete(typed, known) != typed


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", ()),
        (" ,; ,", ()),
        ("Texas,New York; California ,", ("Texas", "New York", "California")),
        (
            "Preventive Medicine, Occupational Medicine",
            ("Preventive Medicine", "Occupational Medicine"),
        ),
        (f"Urology, {ENDOCRINOLOGY}, Surgery", ("Urology", ENDOCRINOLOGY, "Surgery")),
        ("endocrinology,diabetes and metabolism", (ENDOCRINOLOGY,)),
        ("Endocrinology; Diabetes and Metabolism", ("Endocrinology", "Diabetes and Metabolism")),
        ("Endocrinology, Urology", ("Endocrinology", "Urology")),
    ],
)
def test_split_list(text: str, items: tuple[str, ...]) -> None:
    assert split_list(text, specialties()) == items


@given(st.lists(st.sampled_from(states() + specialties())), st.sampled_from([", ", ",", "; ", ";"]))
def test_split_list_takes_apart_what_was_joined(titles: list[str], mark: str) -> None:
    assert split_list(mark.join(titles), titles) == tuple(titles)
    assert split_list(mark.join(titles), specialties()) == tuple(titles)


@given(st.text(), st.lists(st.text()))
def test_split_list_items_are_trimmed_and_not_blank(text: str, known: list[str]) -> None:
    assert all(item.strip() for item in split_list(text, known))


# The layer


@pytest.mark.process
def test_import_brings_in_no_framework() -> None:
    code = (
        "import sys, imr_tui.catalogue.search, imr_tui.catalogue.credentials\n"
        "print(sorted({'pydantic', 'textual', 'rich', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

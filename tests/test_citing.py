"""From the catalogue to a citation: in the words of the day, with what the catalogue knows."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from imr_tui.catalogue.catalogue import Catalogue, shipped
from imr_tui.catalogue.guidelines import Guideline, Topic
from imr_tui.catalogue.search import Hit
from imr_tui.catalogue.to_citation import by_pages, cite, headings, topics_on, with_printed_title
from imr_tui.domain.citation_text import REVIEWER, guideline_line, words
from imr_tui.letter.parse.guidelines import read_guideline_line
from imr_tui.model.evidence import Citation
from tests.rows import each_row

SEED_DAY = date(2014, 12, 8)
MASSAGE = Topic(title="Massage therapy", pages="60", aliases=("rubbing",))
EXERCISE = Topic(title="Exercise", pages="46-47, 62")
HEAT = Topic(title="Heat")
PAIN = Guideline(
    id="pain",
    kind="mtus",
    title="Pain Medical Treatment Guidelines",
    printed="Pain Medical Treatment",
    paged="Pain Treatment Guidelines",
    year=2009,
    section="9792.24.2",
    pages="1-127",
    topics=(MASSAGE, EXERCISE, HEAT),
    source="",
    verified=True,
    as_of=date(2023, 11, 10),
)
KNEE = replace(PAIN, id="knee", printed="Knee Complaints", paged="", year=2004, topics=())
ODG = replace(
    PAIN,
    id="odg-pain",
    kind="odg",
    printed="Official Disability Guidelines (ODG)",
    paged="",
    organization="Sample Institute",
    year=None,
    yearly=True,
    section="Pain (Chronic)",
    topics=(MASSAGE,),
)
ODG_KNEE = replace(ODG, id="odg-knee", section="Knee & Leg", aliases=("knees",), topics=())
ACOEM = replace(
    ODG, id="acoem", kind="acoem", printed="Sample Practice", year=2004, yearly=False, section="4"
)
OTHER = replace(
    ACOEM, id="other", kind="other", printed="Guideline on Knees", year=2020, section="", topics=()
)


def named(guideline_id: str) -> Guideline:
    guideline = shipped().by_id(guideline_id)
    assert guideline is not None
    return guideline


# The dialect of the day


@pytest.mark.parametrize(
    ("guideline", "on", "paged"),
    [
        (PAIN, SEED_DAY, True),
        (PAIN, date(2015, 12, 31), True),
        (PAIN, date(2016, 1, 1), False),
        (PAIN, date(2026, 1, 1), False),
        (PAIN, None, False),
        (ODG, SEED_DAY, False),
        (ACOEM, SEED_DAY, False),
        (OTHER, SEED_DAY, False),
    ],
)
def test_by_pages(guideline: Guideline, on: date | None, paged: bool) -> None:
    assert by_pages(guideline, on) is paged


@each_row(
    ("topic", "on", "title", "sections", "pages"),
    [
        (None, SEED_DAY, PAIN.paged, (), ""),
        (MASSAGE, SEED_DAY, PAIN.paged, (), "60"),
        (EXERCISE, SEED_DAY, PAIN.paged, (), "46-47, 62"),
        # Where its pages are not known, its heading says where.
        (HEAT, SEED_DAY, PAIN.printed, ("Heat",), ""),
        *(
            (topic, on, PAIN.printed, (topic.title,) if topic else (), "")
            for topic in (None, MASSAGE, EXERCISE, HEAT)
            for on in (date(2016, 1, 1), date(2022, 3, 1), None)
        ),
    ],
)
def test_cite_the_mtus(
    topic: Topic | None, on: date | None, title: str, sections: tuple[str, ...], pages: str
) -> None:
    assert cite(Hit(PAIN, topic), on) == Citation(
        guideline="pain",
        kind="mtus",
        title=title,
        section="9792.24.2",
        year=2009,
        sections=sections,
        pages=pages,
        standard="A",
    )


def test_a_title_that_is_the_same_before_pages() -> None:
    assert cite(Hit(KNEE), SEED_DAY).title == "Knee Complaints"


@each_row(
    ("guideline", "on", "organization", "year"),
    [
        (ODG, SEED_DAY, "", 2014),
        (ODG, date(2022, 3, 1), "", 2022),
        (ODG, None, "", None),
        (replace(ODG, yearly=False), SEED_DAY, "", None),
        (ACOEM, SEED_DAY, "", 2004),
        (OTHER, SEED_DAY, "Sample Institute", 2020),
        (OTHER, None, "Sample Institute", 2020),
        (replace(OTHER, yearly=True), SEED_DAY, "Sample Institute", 2014),
    ],
)
@each_row("topic", [None, MASSAGE, HEAT])
def test_cite_another_guideline(
    guideline: Guideline,
    on: date | None,
    organization: str,
    year: int | None,
    topic: Topic | None,
) -> None:
    assert cite(Hit(guideline, topic), on) == Citation(
        guideline=guideline.id,
        kind="guideline",
        title=guideline.printed,
        organization=organization,
        section=guideline.section,
        year=year,
        sections=(topic.title,) if topic else (),
        standard="C",
    )


@pytest.mark.parametrize(
    ("hit", "on", "printed"),
    [
        (Hit(PAIN, MASSAGE), SEED_DAY, "Pain Treatment Guidelines 9792.24.2 Page(s): 60"),
        (Hit(PAIN, HEAT), SEED_DAY, "Pain Medical Treatment 2009, Section(s): Heat"),
        (
            Hit(PAIN, MASSAGE),
            date(2016, 12, 9),
            "Pain Medical Treatment 2009, Section(s): Massage therapy",
        ),
        (Hit(KNEE), date(2016, 12, 9), "Knee Complaints 2004"),
        (Hit(ODG), SEED_DAY, "Official Disability Guidelines (ODG) 2014, Pain (Chronic)"),
        (
            Hit(ODG, MASSAGE),
            SEED_DAY,
            "Official Disability Guidelines (ODG) 2014, Pain (Chronic), Massage therapy",
        ),
        (Hit(ODG), None, "Official Disability Guidelines (ODG) Pain (Chronic)"),
        (Hit(OTHER), SEED_DAY, "Sample Institute, Guideline on Knees 2020"),
    ],
)
def test_what_is_cited_prints(hit: Hit, on: date | None, printed: str) -> None:
    assert words(cite(hit, on)) == printed


@given(st.sampled_from(shipped().guidelines), st.none() | st.dates(date(1900, 1, 1)), st.data())
def test_any_entry_can_be_cited_on_any_day(
    guideline: Guideline, on: date | None, data: st.DataObject
) -> None:
    if on is not None and on.year > 2100:
        on = on.replace(year=2100, day=min(on.day, 28))
    topic = data.draw(st.sampled_from([None, *guideline.topics]))
    citation = cite(Hit(guideline, topic), on)
    assert Citation.model_validate(citation.model_dump()) == citation
    assert citation.is_mtus is guideline.is_mtus
    assert citation.ranks_as == ("A" if guideline.is_mtus else "C")
    assert citation.guideline == guideline.id
    assert with_printed_title(citation, guideline) == citation
    line = guideline_line((citation,), REVIEWER)
    assert guideline_line(read_guideline_line(line, REVIEWER), REVIEWER) == line


# The other dialect


CITED = cite(Hit(PAIN), None)


@pytest.mark.parametrize(
    ("citation", "title"),
    [
        (CITED.but(sections=("Heat",)), PAIN.printed),
        (CITED.but(pages="60"), PAIN.paged),
        (CITED.but(sections=("Heat",), pages="60"), PAIN.printed),
        (CITED.but(title=PAIN.paged, sections=("Heat",)), PAIN.printed),
        (CITED.but(title=PAIN.paged, pages="60"), PAIN.paged),
        (CITED, PAIN.printed),
        (CITED.but(title=PAIN.paged), PAIN.paged),
        # In the reviewer's own words.
        (CITED.but(title="My Guidelines", pages="60"), "My Guidelines"),
        (CITED.but(title="", sections=("Heat",)), ""),
    ],
)
def test_in_dialect(citation: Citation, title: str) -> None:
    spoken = with_printed_title(citation, PAIN)
    assert spoken == citation.but(title=title)
    assert with_printed_title(spoken, PAIN) is spoken


def test_a_guideline_with_one_title_has_one_dialect() -> None:
    citation = cite(Hit(KNEE), None).but(pages="60")
    assert with_printed_title(citation, KNEE) is citation


# Headings and pages


def test_the_headings_of_a_guideline_are_its_topics() -> None:
    catalogue = Catalogue((PAIN, KNEE, ODG, ODG_KNEE, ACOEM, OTHER), date(2023, 11, 10))
    assert headings(catalogue, PAIN) == (MASSAGE, EXERCISE, HEAT)
    assert headings(catalogue, KNEE) == ()
    assert headings(catalogue, OTHER) == ()


def test_of_odg_the_other_chapters_are_headings_too_and_come_first() -> None:
    catalogue = Catalogue((PAIN, ODG, ODG_KNEE, ACOEM), date(2023, 11, 10))
    assert headings(catalogue, ODG) == (Topic(title="Knee & Leg", aliases=("knees",)), MASSAGE)
    assert [topic.title for topic in headings(catalogue, ODG_KNEE)] == ["Pain (Chronic)"]


@each_row(
    ("pages", "topics"),
    [
        ("60", (MASSAGE,)),
        ("46", (EXERCISE,)),
        ("47-60", (MASSAGE, EXERCISE)),
        ("62, 60", (MASSAGE, EXERCISE)),
        ("48-59", ()),
        ("61", ()),
        ("1-127", (MASSAGE, EXERCISE)),
        ("pp. 62 & 99", (EXERCISE,)),
        ("", ()),
        ("Summary", ()),
    ],
)
def test_topics_on(pages: str, topics: tuple[Topic, ...]) -> None:
    assert topics_on(PAIN, pages) == topics


# The shipped ones


def test_the_shipped_chronic_pain_guideline_in_both_dialects() -> None:
    hit = Hit(named("mtus-2009-chronicpain"))
    assert words(cite(hit, SEED_DAY).but(pages="22, 46-47")) == (
        "Chronic Pain Treatment Guidelines 9792.24.2 Page(s): 22, 46-47"
    )
    hit = Hit(named("mtus-2016-chronicpain"))
    assert words(cite(hit, date(2016, 12, 9)).but(sections=("Heat",))) == (
        "Chronic Pain Medical Treatment 2016, Section(s): Heat"
    )


def test_the_shipped_disability_guidelines_are_cited_with_the_year_of_the_day() -> None:
    printed = "Official Disability Guidelines (ODG) 2014, Pain (Chronic)"
    assert words(cite(Hit(named("odg-pain")), SEED_DAY)) == printed


def test_the_shipped_topics_are_cited_by_the_pages_they_stand_on() -> None:
    guideline = named("mtus-2009-chronicpain")
    paged = [topic for topic in guideline.topics if topic.pages]
    assert paged
    for topic in paged:
        citation = cite(Hit(guideline, topic), SEED_DAY)
        assert citation.pages == topic.pages
        assert topic in topics_on(guideline, citation.pages)

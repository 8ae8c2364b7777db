"""Versions: what is said of one on a day, and which was in force instead."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from imr_tui.catalogue.catalogue import Catalogue, shipped
from imr_tui.catalogue.guidelines import Guideline
from imr_tui.catalogue.in_force import badge, instead, remark, status, versions_in_force
from tests.rows import each_row

pytestmark = pytest.mark.process

THEN = date(2014, 12, 8)
LATER = date(2026, 1, 1)
"""A day after the last one that the shipped table knows of."""

OLD = Guideline(
    id="old",
    kind="mtus",
    title="Knee Complaints",
    printed="Knee Complaints",
    year=2004,
    section="9792.23.6",
    effective_from=date(2009, 7, 18),
    effective_to=date(2017, 11, 30),
    source="",
    verified=True,
    as_of=date(2023, 11, 10),
)
NEW = replace(
    OLD,
    id="new",
    printed="Knee Disorders",
    year=2019,
    effective_from=date(2017, 12, 1),
    effective_to=None,
    as_of=date(2024, 1, 31),
)
OPEN = replace(NEW, id="open", printed="Knee Pain", year=None, end_known=False)
UNDATED = replace(OLD, id="undated", effective_from=None, effective_to=None)
ODG = replace(UNDATED, id="odg", kind="odg", section=OLD.section)


def of(*guidelines: Guideline) -> Catalogue:
    return Catalogue(guidelines, date(2023, 11, 10))


def named(guideline_id: str) -> Guideline:
    guideline = shipped().by_id(guideline_id)
    assert guideline is not None
    return guideline


# What is known of one


@each_row(
    ("guideline", "on", "says"),
    [
        (OLD, None, ""),
        (OLD, date(2009, 7, 17), "not yet"),
        (OLD, date(2009, 7, 18), "in force"),
        (OLD, date(2017, 11, 30), "in force"),
        (OLD, date(2017, 12, 1), "superseded"),
        (NEW, date(2017, 11, 30), "not yet"),
        (NEW, date(2024, 1, 31), "in force"),
        # Beyond the day that the table knows of.
        (NEW, date(2024, 2, 1), "last known"),
        (OPEN, date(2018, 1, 1), "end unknown"),
        (OPEN, date(2017, 11, 30), "not yet"),
        (replace(OLD, end_known=False), date(2018, 1, 1), "superseded"),
        (replace(OLD, end_known=False), date(2016, 1, 1), "end unknown"),
        (UNDATED, THEN, ""),
        (ODG, THEN, ""),
        # Also of a later year, where nothing else is known.
        (replace(UNDATED, year=2019), THEN, ""),
    ],
)
def test_standing_and_badge(guideline: Guideline, on: date | None, says: str) -> None:
    assert status(guideline, on) == says
    assert badge(guideline, on) == says
    doubted = replace(guideline, verified=False)
    assert status(doubted, on) == says
    assert badge(doubted, on) == (f"{says}?" if says else "")


# Which was in force instead


@pytest.mark.parametrize(
    ("guideline", "on", "then"),
    [
        (OLD, THEN, ()),
        (NEW, THEN, (OLD,)),
        (OLD, date(2018, 1, 1), (NEW,)),
        (OLD, date(2008, 1, 1), ()),
        (NEW, date(2018, 1, 1), ()),
        (OLD, date(2024, 2, 1), (NEW,)),
        (OPEN, THEN, (OLD,)),
        (ODG, THEN, ()),
    ],
)
def test_in_force_then(guideline: Guideline, on: date, then: tuple[Guideline, ...]) -> None:
    elsewhere = replace(NEW, id="elsewhere", section="9792.23.7")
    assert versions_in_force(of(OLD, NEW, ODG, elsewhere), guideline, on) == then


@pytest.mark.parametrize(
    ("on", "then"),
    [
        (date(2017, 11, 30), (UNDATED,)),
        # What is certain goes before what is not; without it, what is not counts.
        (date(2018, 1, 1), (NEW,)),
        (date(2024, 2, 1), (NEW, OPEN, UNDATED)),
    ],
)
def test_versions_of_which_too_little_is_known(on: date, then: tuple[Guideline, ...]) -> None:
    catalogue = of(OLD, NEW, OPEN, UNDATED)
    assert versions_in_force(catalogue, OLD, on) == then


@pytest.mark.parametrize(
    ("guideline", "on", "names"),
    [
        (NEW, THEN, "Knee Complaints 2004"),
        (OLD, date(2018, 1, 1), "Knee Disorders 2019"),
        (OLD, date(2008, 1, 1), ""),
        (OLD, THEN, ""),
        (NEW, date(2018, 1, 1), ""),
        (OPEN, date(2018, 1, 1), ""),
        (UNDATED, date(2018, 1, 1), ""),
        (OLD, None, ""),
    ],
)
def test_instead_and_remark(guideline: Guideline, on: date | None, names: str) -> None:
    catalogue = of(OLD, NEW)
    assert instead(catalogue, guideline, on) == names
    if on is None or not names:
        assert remark(catalogue, guideline, on) == ""
        return
    as_of = NEW.as_of if "Disorders" in names else OLD.as_of
    assert remark(catalogue, guideline, on) == in_force(on, names, as_of)


def in_force(on: date, names: str, as_of: date) -> str:
    """The remark that names the versions in force on a day."""
    return f"In force on {us(on)}: {names} (catalogue as of {us(as_of)})"


def us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def test_several_versions_are_all_named() -> None:
    catalogue = of(OLD, NEW, replace(NEW, id="other", printed="Knee Surgery", as_of=date.max))
    on = date(2018, 1, 1)
    assert instead(catalogue, OLD, on) == "Knee Disorders 2019; Knee Surgery 2019"
    assert remark(catalogue, OLD, on).endswith("Knee Surgery 2019 (catalogue as of 12/31/9999)")


def test_a_version_without_a_year_is_named_without_one() -> None:
    assert instead(of(OLD, replace(OPEN, end_known=True)), OLD, date(2018, 1, 1)) == "Knee Pain"


# The shipped ones


@each_row(
    ("guideline_id", "on", "says", "then"),
    [
        ("mtus-2009-chronicpain", THEN, "in force", ()),
        ("mtus-2009-chronicpain", date(2016, 7, 27), "in force", ()),
        (
            "mtus-2009-chronicpain",
            date(2016, 7, 28),
            "superseded",
            ("mtus-2016-chronicpain",),
        ),
        (
            "mtus-2009-chronicpain",
            date(2017, 6, 1),
            "superseded",
            ("mtus-2016-chronicpain",),
        ),
        ("mtus-2009-chronicpain", LATER, "superseded", ("mtus-2017-chronicpain",)),
        ("mtus-2016-opioids", THEN, "not yet", ()),
        ("mtus-2016-opioids", date(2017, 6, 1), "in force", ()),
        ("mtus-2016-opioids", LATER, "superseded", ("mtus-2017-opioids",)),
        # 9792.23.8: one guideline until 2017, then one after the other, and all at once.
        ("mtus-2019-ptsd", THEN, "not yet", ("mtus-2009-stress",)),
        ("mtus-2009-stress", date(2020, 1, 1), "superseded", ("mtus-2019-ptsd",)),
        (
            "mtus-2009-stress",
            date(2022, 1, 1),
            "superseded",
            ("mtus-2019-ptsd", "mtus-2020-depression", "mtus-2021-anxiety"),
        ),
        (
            "mtus-2019-ptsd",
            date(2022, 1, 1),
            "in force",
            ("mtus-2020-depression", "mtus-2021-anxiety"),
        ),
        (
            "mtus-2019-ptsd",
            LATER,
            "last known",
            ("mtus-2020-depression", "mtus-2021-anxiety"),
        ),
        ("mtus-2017-chronicpain", date(2025, 3, 13), "end unknown", ()),
        ("mtus-2017-chronicpain", date(2025, 3, 14), "end unknown, change proposed", ()),
        ("mtus-2017-eye", date(2026, 2, 27), "last known, change proposed", ()),
        ("odg-pain", THEN, "", ()),
        ("odg-pain", LATER, "", ()),
        ("acoem-2004-chapter6", THEN, "", ()),
    ],
)
def test_the_shipped_versions(
    guideline_id: str, on: date, says: str, then: tuple[str, ...]
) -> None:
    guideline = named(guideline_id)
    assert status(guideline, on) == says
    assert tuple(each.id for each in versions_in_force(shipped(), guideline, on)) == then


@pytest.mark.parametrize(
    ("guideline_id", "on", "names"),
    [
        ("mtus-2009-chronicpain", THEN, ""),
        ("mtus-2009-chronicpain", date(2017, 6, 1), "Chronic Pain Medical Treatment 2016"),
        ("mtus-2016-opioids", THEN, ""),
        ("mtus-2019-ptsd", THEN, "Stress Related Conditions 2004?"),
        # Others are in force beside it, but not instead of it.
        ("mtus-2019-ptsd", date(2022, 1, 1), ""),
        ("odg-pain", THEN, ""),
    ],
)
def test_what_is_named_instead(guideline_id: str, on: date, names: str) -> None:
    guideline = named(guideline_id)
    assert instead(shipped(), guideline, on) == names
    said = in_force(on, names, shipped().as_of) if names else ""
    assert remark(shipped(), guideline, on) == said


@given(st.sampled_from(shipped().guidelines), st.dates())
def test_versions_of_any_day(guideline: Guideline, on: date) -> None:
    then = versions_in_force(shipped(), guideline, on)
    assert guideline not in then
    assert len({each.force(on) for each in then}) <= 1
    for each in then:
        assert each.section == guideline.section
        assert each.force(on) in ("in force", "unknown")
    named_instead = instead(shipped(), guideline, on)
    assert bool(named_instead) is bool(remark(shipped(), guideline, on))
    if guideline.in_force(on) is not False and guideline.force(on) != "future":
        assert named_instead == ""
    assert badge(guideline, on).rstrip("?") == status(guideline, on)

"""`imr-tui guidelines`: the search of the citation screen, as text and as JSON."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from imr_tui.catalogue.catalogue import shipped
from imr_tui.catalogue.search import index
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_state import save_recent
from tests.commands import Run

pytestmark = pytest.mark.process

SITE = """\
as_of = 2026-06-30

[[mtus]]
id = "mtus-2025-lowback"
title = "Low Back Disorders Guideline"
printed = "Low Back Disorders"
year = 2025
section = "9792.23.5"
effective_from = 2025-02-01
verified = true
"""


def found(run: Run, *arguments: object) -> list[dict[str, Any]]:
    done = run("guidelines", "--json", *arguments)
    assert done.code == 0
    rows: list[dict[str, Any]] = json.loads(done.out)["guidelines"]
    return rows


def site(cases: Path, text: str) -> Path:
    path = cases / ".imr" / "guidelines.toml"
    path.parent.mkdir(mode=0o700)
    path.write_text(text)
    return path


def test_it_finds_what_the_screen_finds(run: Run, cases: Path) -> None:
    rows = found(run, "chronic", "pain", "--on", "2014-12-08", "--folder", cases)
    hits = index(shipped()).search("chronic pain", date(2014, 12, 8))
    assert [row["id"] for row in rows] == [hit.guideline.id for hit in hits]


def test_a_row_says_what_it_is_and_what_was_in_force(run: Run, cases: Path) -> None:
    first = found(run, "chronic pain 2016", "--on", "12/8/2014", "--folder", cases)[0]
    assert first["id"] == "mtus-2016-chronicpain"
    assert (first["effective_from"], first["effective_to"]) == ("2016-07-28", "2017-11-30")
    assert first["force"] == "future"
    assert first["in_force_then"] == ["mtus-2009-chronicpain"]
    assert (first["as_of"], first["verified"], first["site"]) == ("2023-11-10", True, False)


def test_a_topic_is_found_with_its_pages(run: Run, cases: Path) -> None:
    first = found(run, "esi", "--on", "2014-12-08", "--folder", cases)[0]
    assert (first["id"], first["topic_pages"]) == ("mtus-2009-chronicpain", "46")


def test_the_document_carries_its_version_and_the_day_of_the_table(run: Run, cases: Path) -> None:
    done = run("guidelines", "knee", "--json", "--folder", cases)
    document = json.loads(done.out)
    assert (document["schema"], document["on"], document["as_of"]) == (1, None, "2023-11-10")
    assert {row["force"] for row in document["guidelines"]} == {None}


def test_text_names_the_version_its_days_and_its_badge(run: Run, cases: Path) -> None:
    done = run("guidelines", "chronic pain 2016", "--on", "2014-12-08", "--folder", cases)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == (
        "mtus-2016-chronicpain  MTUS Chronic Pain Medical Treatment 2016, 9792.24.2  not yet"
    )
    assert lines[1].startswith("    2016-07-28 to 2017-11-30; ")
    assert lines[2] == (
        "    In force on 12/8/2014: Chronic Pain Medical Treatment 2009 "
        "(catalogue as of 11/10/2023)"
    )
    assert done.err == (
        "imr-tui: in force on 2014-12-08. Catalogue as of 2023-11-10. ? means not verified.\n"
    )


def test_nothing_found_is_said_and_ends_with_1(run: Run, cases: Path) -> None:
    done = run("guidelines", "phrenology", "--folder", cases)
    assert (done.code, done.out) == (1, "")
    assert done.err == "imr-tui: no guideline contains all of these words: phrenology.\n"


def test_the_limit_holds(run: Run, cases: Path) -> None:
    assert len(found(run, "odg", "--limit", 3, "--folder", cases)) == 3
    assert run("guidelines", "odg", "--limit", 0, "--folder", cases).code == 2


def test_what_was_cited_lately_counts(run: Run, cases: Path) -> None:
    save_recent(Folder(cases), ("odg-shoulder",))
    assert found(run, "odg", "--folder", cases)[0]["id"] == "odg-shoulder"


def test_a_sites_version_takes_part(run: Run, cases: Path) -> None:
    site(cases, SITE)
    first = found(run, "low back", "--on", "2026-01-05", "--folder", cases)[0]
    assert (first["id"], first["force"], first["site"]) == ("mtus-2025-lowback", "in force", True)
    assert first["as_of"] == "2026-06-30"
    done = run("guidelines", "low back disorders 2025", "--folder", cases)
    assert done.out.splitlines()[0].endswith("  site")


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (SITE.replace("year = 2025", "yeer = 2025"), 3, "line 7: mtus 1 yeer is not a known key"),
        (SITE + SITE.partition("\n\n")[2], 3, "line 12: the id mtus-2025-lowback is used twice"),
        ("as_of = ", 3, "is not valid TOML"),
    ],
)
def test_a_hostile_catalogue_is_refused_with_its_line(
    run: Run, cases: Path, text: str, code: int, says: str
) -> None:
    path = site(cases, text)
    done = run("guidelines", "low back", "--folder", cases)
    assert (done.code, done.out) == (code, "")
    assert str(path) in done.err
    assert says in done.err
    assert done.err.endswith("Its guidelines were not used.\n")
    assert path.read_text() == text


def test_a_wrong_day_is_a_fault_of_usage(run: Run, cases: Path) -> None:
    done = run("guidelines", "knee", "--on", "2014-13-08", "--folder", cases)
    assert done.code == 2
    assert "There is no month 13" in done.err

"""The forms of the report: text that fits a screen, JSON, CSV and SVG."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from imr_tui.statistics.chart import svg
from imr_tui.statistics.clocks import Timeliness, clocks, timeliness
from imr_tui.statistics.disclosure import publishable
from imr_tui.statistics.facts import CaseFacts, ItemFacts, Warned
from imr_tui.statistics.groups import GROUPINGS, Group, Grouping
from imr_tui.statistics.report_data import COLUMNS, csv_text, plain
from imr_tui.statistics.report_text import WIDTH, report
from imr_tui.statistics.summary import Period, Statistics, summarize
from tests.statistics.test_disclosure import some_cases

DAY = date(2026, 3, 2)
FORMULAS = ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "\r=1"]


def a_case(days: int, **changes: Any) -> CaseFacts:
    """A case that took so many days from each of its dates, and was due after thirty."""
    begin, limit = DAY - timedelta(days=days), DAY - timedelta(days=days - 30)
    items = (ItemFacts("MRI", "diagnostic-testing", (), "upheld", ("MTUS A",)),)
    whole = CaseFacts("CM26-1", "standard", begin, begin, limit, DAY, "a", items, ())
    return whole._replace(**changes)


def counts_of(by: Grouping, seed: int = 7) -> Statistics:
    return summarize(some_cases(Random(seed)), by, unfinished=2)


@pytest.mark.parametrize("by", GROUPINGS)
def test_no_line_is_longer_than_the_screen(by: Grouping) -> None:
    for seed in range(20):
        whole = counts_of(by, seed)
        for width in (60, WIDTH, 120):
            for counts in (whole, publishable(whole)):
                assert max(map(len, report(counts, width))) <= width


def test_numbers_and_percentages_stand_in_words_before_the_bar() -> None:
    items = (
        ItemFacts("MRI", "diagnostic-testing", (), "upheld", ()),
        ItemFacts("CT", "diagnostic-testing", (), "overturned", ()),
        ItemFacts("Approval", "other", (), "upheld", ()),
    )
    lines = list(report(summarize([a_case(10, items=items)], "category"), 40))
    assert lines[:3] == [
        "1 determination with 3 items.",
        "Upheld: 2, 67 percent.",
        "Overturned: 1, 33 percent.",
    ]
    at = lines.index("Diagnostic testing: 2 items, 67 percent;")
    assert lines[at + 1] == "    1 overturned, 50 percent."
    assert lines[at + 2] == f"  {'#' * 19}{'=' * 19}"
    assert lines[-2:] == ["Requests in the category Other:", "  Approval"]


def test_both_clocks_and_the_late_ones() -> None:
    taken = [1, 2, 3, 4, 5, 6, 7, 8, 40, 41]
    cases = [a_case(days) for days in taken]
    cases.append(a_case(3, assigned=None, due=None))
    cases.append(a_case(-5))
    assigned, complete = clocks(cases)
    assert (assigned.cases, assigned.median, assigned.ninetieth) == (10, 5.5, 40)
    assert (complete.cases, complete.median, complete.ninetieth) == (11, 5, 40)
    assert timeliness(cases) == Timeliness(in_time=9, late=2)
    text = "\n".join(report(summarize(cases, "month"), 200))
    assert "median 5.5 days, nine of ten within 40 days (10 cases)" in text
    assert "Late: 2, 18 percent of the cases with a due date." in text


def test_a_period_counts_what_was_written_in_it() -> None:
    cases = [a_case(3, written=day) for day in (DAY, DAY + timedelta(days=1), None)]
    assert summarize(cases, "month").cases == 3
    assert summarize(cases, "month", Period(DAY, DAY)).cases == 1
    assert summarize(cases, "month", Period(first=DAY)).cases == 2
    assert summarize(cases, "month", Period(last=DAY)).cases == 1
    assert list(report(summarize(cases, "month", Period(last=date(2020, 1, 1))))) == [
        "No determination was written to 2020-01-01."
    ]


def test_a_rule_counts_cases_and_the_items_it_is_about() -> None:
    warned = (Warned("IMR301 a", 0), Warned("IMR301 a", None), Warned("IMR206 b", None))
    counts = summarize([a_case(3, warned=warned), a_case(3, warned=warned[2:])], "rule")
    assert counts.groups == (
        Group("IMR206 b", "IMR206 b", 2, 0, 0, 0),
        Group("IMR301 a", "IMR301 a", 1, 1, 1, 0),
    )
    text = list(report(counts, 200))
    assert "IMR206 b: 2 cases, 100 percent." in text
    assert "IMR301 a: 1 case, 50 percent; 0 overturned, 0 percent of 1 item." in text


@pytest.mark.parametrize("label", FORMULAS)
def test_no_cell_of_the_csv_is_a_formula(label: str) -> None:
    counts = counts_of("guideline")._replace(groups=(Group(label, label, 1, 1, 1, 0),))
    rows = list(csv.reader(io.StringIO(csv_text(counts), newline="")))
    assert rows[0] == list(COLUMNS)
    assert rows[1][1:3] == [f"'{label.strip()}"] * 2
    assert all(len(row) == len(COLUMNS) for row in rows)


def test_the_csv_says_what_is_hidden() -> None:
    counts = counts_of("category")._replace(groups=(Group("a", 'A, "B"', None, None, None, None),))
    rows = list(csv.reader(io.StringIO(csv_text(counts))))
    assert rows[1] == ["category", "a", 'A, "B"', *["hidden"] * 4]


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_json_has_every_count(by: Grouping) -> None:
    whole = counts_of(by)
    again = json.loads(json.dumps(plain(whole)))
    assert again["schema"] == 1
    assert [tuple(each.values()) for each in again["groups"]] == list(whole.groups)
    assert (again["items"], again["upheld"]) == (whole.items, whole.upheld)
    assert again["other"] == list(whole.other)


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_picture_is_valid_xml_and_always_the_same(by: Grouping) -> None:
    for counts in (counts_of(by), publishable(counts_of(by)), summarize([], by)):
        assert svg(counts) == svg(counts)
        root = ET.fromstring(svg(counts).encode())
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        bottom = int(root.attrib["height"])
        for each in root.iter("{http://www.w3.org/2000/svg}rect"):
            assert int(each.attrib["width"]) >= 0
            assert int(each.attrib.get("y", "0")) <= bottom
            assert int(each.attrib.get("x", "0")) + int(each.attrib["width"]) <= 800


def test_the_picture_escapes_what_a_case_says() -> None:
    label = "<b>&\"'\x00\x1b]\ufffe\U0001f600"
    counts = summarize([], "guideline")._replace(groups=(Group(label, label, 1, 1, 1, 0),))
    titles = [each.text or "" for each in ET.fromstring(svg(counts).encode()).iter() if each.text]
    assert any("<b>&\"'" in each for each in titles)

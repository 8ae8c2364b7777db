"""The published letters come back, all words of them, in each of the forms they are given in."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from imr_tui import checks
from imr_tui.catalogue.catalogue import shipped
from imr_tui.catalogue.guidelines import Guideline
from imr_tui.catalogue.search import index
from imr_tui.checks import CheckContext, Policy
from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.extract.document import text_of
from imr_tui.letter.extract.pdf_text import PdfTexts
from imr_tui.letter.parse.lines import join, read_lines, vocabulary
from imr_tui.letter.parse.parser import parse
from imr_tui.letter.parse.round_trip import Comparison, compare
from imr_tui.letter.render.renderer import render
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.model.limits import Outcome
from imr_tui.text.transliteration import to_ascii
from tests import precision
from tests.precision import Found
from tests.rows import Test, each_row

HOW = DIALECT.how

SHARED = Path(__file__).resolve().parents[2] / "shared"
LETTERS = SHARED / "letters"
SEED = SHARED / "domain" / "seed-letter.txt"
FORMS = {"pdf": "{}.pdf", "text": "{}.txt", "layout": "layout/{}.txt", "seed": "seedstyle/{}.txt"}
"""The forms of a letter; only the seed's has no header."""

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(
        not (LETTERS / "expected.json").is_file(), reason="the published letters are not here"
    ),
]


def rows() -> dict[str, dict[str, Any]]:
    """What the letters hold, as a rough script has cut it out."""
    path = LETTERS / "expected.json"
    return {row["id"]: row for row in json.loads(path.read_text())} if path.is_file() else {}


EXPECTED = rows()


@cache
def texts_in(form: str) -> dict[str, str]:
    """The text of every letter; one process reads all PDFs."""
    paths = {number: LETTERS / FORMS[form].format(number) for number in EXPECTED}
    with PdfTexts() as pdfs:
        return {n: text_of(path.read_bytes(), path.name, pdfs) for n, path in paths.items()}


def text_in(number: str, form: str) -> str:
    return texts_in(form)[number]


@cache
def case_in(number: str, form: str) -> Case:
    return parse(text_in(number, form), number)


@cache
def comparison(number: str, form: str) -> Comparison:
    return compare(text_in(number, form), case_in(number, form))


def words(text: str) -> list[str]:
    """The words from the first heading on, in order, wraps undone and lists spaced."""
    whole = to_ascii(join(read_lines(text), vocabulary(text)), "[U+{:04X}]")
    spaced = re.sub(r"(?<=[A-Za-z]),(?=[A-Z])", ", ", whole[whole.index(HOW) :])
    return spaced.split()


def letters_of(text: str) -> str:
    """`text` without what a wrap may change: white space and hyphens."""
    return re.sub(r"[\s-]+", "", to_ascii(text, "[U+{:04X}]"))


def each(*forms: str) -> Callable[[Test], Test]:
    """The test on each letter in each of `forms`."""
    return each_row(("number", "form"), [(number, form) for number in EXPECTED for form in forms])


def test_there_are_letters() -> None:
    assert len(EXPECTED) == 38


@each(*FORMS)
def test_all_words_come_back(number: str, form: str) -> None:
    result = comparison(number, form)
    assert (result.lost, result.added) == ((), ())
    assert result.is_equal


@each(*FORMS)
def test_the_words_come_back_in_their_order(number: str, form: str) -> None:
    assert words(render(case_in(number, form))) == words(text_in(number, form))


@each("text", "layout", "seed")
def test_the_forms_of_a_letter_give_the_same_case(number: str, form: str) -> None:
    document, case = case_in(number, "pdf"), case_in(number, form)
    if form != "seed":
        assert case.particulars == document.particulars
    assert [plain(item) for item in parts(case)] == [plain(item) for item in parts(document)]
    assert case.reviewer == document.reviewer
    assert plain([case.summary.text]) == plain([document.summary.text])


def parts(case: Case) -> list[list[object]]:
    return [list(item.model_dump().values()) for item in case.items]


def plain(values: list[Any]) -> list[object]:
    """Values whose texts are words: which lines a program sets apart is its own."""
    return [value.split() if isinstance(value, str) else value for value in values]


@each(*FORMS)
def test_a_letter_read_twice_is_the_same_case(number: str, form: str) -> None:
    case = case_in(number, form)
    assert render(parse(render(case), number)) == render(case)


@each("pdf", "text", "layout")
def test_the_header(number: str, form: str) -> None:
    head, row = case_in(number, form).particulars, EXPECTED[number]
    assert (head.number, head.priority) == (row["case"], row["priority"].lower())
    dates = {
        "assigned": head.date_assigned,
        "doi": head.date_of_injury,
        "decision": head.decision_date,
        "ur": head.ur_decision_date,
        "received": head.application_received,
    }
    for key, found in dates.items():
        assert found == datetime.strptime(row[key], "%m/%d/%Y").date(), key


@each("pdf", "seed")
def test_the_credentials(number: str, form: str) -> None:
    reviewer, row = case_in(number, form).reviewer, EXPECTED[number]
    assert letters_of(",".join(reviewer.licenses)) == letters_of(row["licensure"])
    assert letters_of(",".join(reviewer.specialties)) == letters_of(row["specialty"])


@each("pdf", "seed")
def test_the_prose(number: str, form: str) -> None:
    case, row = case_in(number, form), EXPECTED[number]
    assert letters_of(case.summary.text) == letters_of(row["summary"])
    rationales = [letters_of(item.rationale) for item in case.items]
    assert rationales == [letters_of(item["rationale"]) for item in row["items"]]


@each("pdf", "seed")
def test_the_items(number: str, form: str) -> None:
    case, row = case_in(number, form), EXPECTED[number]
    decisions = [item.decision for item in case.items]
    assert decisions == [item["outcome"].lower() for item in row["items"]]
    for item, expected in zip(case.items, row["items"], strict=True):
        for part in (item.request, item.original, item.authorized):
            assert letters_of(part) in letters_of(expected["service"])
        assert item.is_modified == ("was the original request" in " ".join(words_of(expected)))


def words_of(item: dict[str, Any]) -> list[str]:
    return str(item["service"]).split()


@pytest.mark.parametrize("form", FORMS)
def test_most_citations_become_fields(form: str) -> None:
    results = [comparison(number, form) for number in EXPECTED]
    for share, least in (([r.mtus for r in results], 0.95), ([r.others for r in results], 0.6)):
        fielded, whole = (sum(column) for column in zip(*share, strict=True))
        assert whole > 0
        assert fielded >= least * whole


def cited_by_mtus() -> list[tuple[str, int, date]]:
    """Every MTUS title that the letters print, with its year, and the day of a decision."""
    found = set()
    for number in EXPECTED:
        case = case_in(number, "pdf")
        day = case.particulars.decision_date
        for item in case.items:
            for citation in (*item.administrator_citations, *item.citations):
                if citation.is_mtus and citation.year and day:
                    found.add((citation.title, citation.year, day))
    return sorted(found)


def test_the_first_two_words_of_an_mtus_citation_find_it_among_the_first_three() -> None:
    cited = cited_by_mtus()
    assert len(cited) > 30
    missed = []
    for title, year, day in cited:
        typed = " ".join(title.split()[:2])
        hits = index(shipped()).search(typed, day)
        first = [hit.guideline for hit in hits[:3]]
        names = {(name.casefold(), each.year) for each in first for name in names_of(each)}
        if (title.casefold(), year) not in names:
            missed.append((typed, year, day))
    assert missed == []


def names_of(guideline: Guideline) -> list[str]:
    """What letters print before its year."""
    year = f" {guideline.year}"
    return [name.removesuffix(year) for name in (guideline.printed, *guideline.aliases)]


@pytest.mark.skipif(not SEED.is_file(), reason="the seed letter is not here")
def test_the_seed_letter_comes_back_word_for_word() -> None:
    text = text_of(SEED.read_bytes(), SEED.name)
    case = parse(text, "CM14-0187654")
    assert case.number == "CM14-0187654"
    assert render(case).split() == text.split()
    assert compare(text, case).is_equal


# What the rules say of them. They went through a quality control, so nearly all should be let
# pass; every alarm was read and judged by hand.

JUDGED = precision.read(precision.JUDGEMENTS)
DATED = {"IMR301", "IMR302", "IMR315", "IMR317", "IMR319", "IMR403"}
"""The rules that compare a text with the dates of the header, if there is one."""


@cache
def alarms(form: str) -> list[Found]:
    """Every error and warning."""
    return [
        Found(number, finding)
        for number in EXPECTED
        for finding in checks.run(CheckContext(case_in(number, form)), Policy())
        if finding.severity != "info"
    ]


@pytest.mark.parametrize(
    "form", ["pdf", *(pytest.param(form, marks=pytest.mark.slow) for form in ("text", "layout"))]
)
def test_every_alarm_was_judged_and_few_are_false(form: str) -> None:
    found = alarms(form)
    by_verdict: dict[str, list[Found]] = {
        verdict: [] for verdict in ("unjudged", *precision.VERDICTS)
    }
    for each in found:
        by_verdict[precision.verdict_of(each, JUDGED)].append(each)
    assert by_verdict["unjudged"] == []
    assert len(by_verdict["false"]) <= 0.2 * len(EXPECTED)
    assert [each for each in by_verdict["false"] if each.finding.severity == "error"] == []


@pytest.mark.slow
def test_a_letter_without_its_header_gives_the_same_alarms_but_for_dates() -> None:
    whole, without = (
        {place(each) for each in alarms(form) if each.finding.rule.id not in DATED}
        for form in ("pdf", "seed")
    )
    assert without == whole


def place(found: Found) -> tuple[str, str, str]:
    return found.letter, found.finding.rule.id, str(found.finding.place)


def test_no_decision_is_taken_for_the_opposite_and_none_for_its_own() -> None:
    for number in EXPECTED:
        case = case_in(number, "pdf")
        for at, item in enumerate(case.items):
            other: Outcome = "upheld" if item.decision == "overturned" else "overturned"
            assert at not in said(case)
            assert at in said(edits.set_decision(case, at, other))


def said(case: Case) -> set[int | None]:
    """The items whose decision is taken to be against their rationale."""
    found = checks.run(CheckContext(case), Policy(select=["IMR201"]))
    return {finding.place.item for finding in found}

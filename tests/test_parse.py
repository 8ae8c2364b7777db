"""Letters back to cases: every dialect of the grammar, what is refused, and any case at all."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from imr_tui.domain.citation_text import ADMINISTRATOR, REVIEWER, Source, guideline_line
from imr_tui.errors import BadInput, ImrError
from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.parse.guidelines import read_guideline_line
from imr_tui.letter.parse.parser import parse
from imr_tui.letter.parse.round_trip import compare
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Case, Item, Particulars, Reviewer, Summary
from imr_tui.model.evidence import Citation
from imr_tui.text.layout import one_line, paragraphs
from imr_tui.text.transliteration import to_ascii
from tests.builders import NUMBER, a_complete_case
from tests.rows import each_row
from tests.strategies import NASTY, complete_cases

HOW = DIALECT.how
ISSUES = DIALECT.issues
SUMMARY = DIALECT.summary

CELLS = [
    f"Case Number: {NUMBER}",
    "Date Assigned: 11/09/2016",
    "Date of Injury: 10/13/2014",
    "Decision Date: 12/09/2016",
    "UR Denial Date: 11/03/2016",
    "Priority: Expedited",
    "Application Received: 11/04/2016",
]
"""The cells of the header block."""
NAMES = [
    *("number", "date_assigned", "date_of_injury", "decision_date", "ur_decision_date"),
    *("priority", "application_received"),
]
"""The fields that the cells fill."""
DATED = Particulars(
    number=NUMBER,
    priority="expedited",
    date_assigned=date(2016, 11, 9),
    date_of_injury=date(2014, 10, 13),
    decision_date=date(2016, 12, 9),
    ur_decision_date=date(2016, 11, 3),
    application_received=date(2016, 11, 4),
    imported=True,
)
"""What they say."""
KNEE = Citation(title="Knee Complaints", year=2004, sections=("Summary",), standard="A")
BLOCKS = Citation(
    title="Chronic Pain Medical Treatment",
    year=2016,
    sections=("Opioids, criteria for use: weaning, and tapering",),
    standard="A",
)
JOURNAL = Citation(
    text="A Journal of Knees (updated 11/23/16), http://example.org/knee.", standard="C"
)
BRACE = Item(
    request="Knee brace, hinged (left): 1 unit",
    decision="upheld",
    rationale="The brace is not supported. The knee is stable.\n\nIt is not necessary.",
    administrator_citations=(KNEE,),
    citations=(KNEE, BLOCKS, JOURNAL),
)
"""An item like any other."""
VISITS = Item(
    request="Follow-up visits x 3",
    decision="overturned",
    rationale="Visits are needed after the injection of 10-18-2016. They are necessary.",
    administrator_citations=(JOURNAL,),
)
"""One whose reviewer cited nothing."""


def a_letter_case(*items: Item, **changes: Any) -> Case:
    """A case with these items, whose letter has a header."""
    return a_complete_case(
        items or (BRACE, VISITS),
        **{
            "particulars": DATED,
            "summary": Summary(text="A worker hurt the left knee.\n\nIt was treated with rest."),
            **changes,
        },
    )


def a_letter(*items: Item, **changes: Any) -> str:
    """The letter of that case."""
    return render(a_letter_case(*items, **changes))


def body(letter: str) -> str:
    """A letter without its header."""
    return letter[letter.index(HOW) :]


def same(letter: str, *items: Item) -> bool:
    """Whether a letter says what those items say, and the same summary."""
    whole, case = a_letter_case(*items), parse(letter, NUMBER)
    assert case.reviewer.licenses == whole.reviewer.licenses
    assert case.reviewer.specialties == whole.reviewer.specialties
    assert case.summary == whole.summary
    assert printed(case) == printed(whole)
    return compare(letter, case).is_equal


def printed(case: Case) -> list[tuple[object, ...]]:
    """What a letter prints of the items of a case; of the rationale the words."""
    return [
        (
            *map(one_line, (item.request, *modified(item), item.rationale)),
            item.decision,
            guideline_line(item.administrator_citations, ADMINISTRATOR),
            guideline_line(item.citations, REVIEWER),
        )
        for item in case.items
    ]


def modified(item: Item) -> tuple[str, str]:
    """Both parts that are printed of a UR-modified item."""
    return (item.original, item.authorized) if item.is_modified else ("", "")


# The whole letter


def test_a_letter_comes_back() -> None:
    case = parse(a_letter())
    assert case.particulars == DATED
    assert same(a_letter(), BRACE, VISITS)
    assert case.items[0].rationale == BRACE.rationale
    assert case.items[1].citations == ()
    assert render(case) == a_letter()


def test_an_imported_case_says_so_and_holds_nothing_that_no_letter_says() -> None:
    case = parse(a_letter())
    assert case.particulars.imported
    assert case.parties.named() == ()
    assert (case.records, case.reviewer.attested) == ((), ())
    assert [item.date_of_service for item in case.items] == [None, None]


def test_the_fixed_paragraphs_are_not_kept() -> None:
    case = parse(a_letter())
    assert "expert reviewer" not in str(case)


# The header


@each_row("cells", [*permutations(CELLS)][::271])
@each_row("between", ["\n", " ", "  \n\n", "          "])
def test_the_cells_of_the_header_in_any_order(cells: tuple[str, ...], between: str) -> None:
    assert parse(between.join(cells) + "\n\n" + body(a_letter())).particulars == DATED


@pytest.mark.parametrize(
    "header",
    [
        f"Case Number: {NUMBER}\nDate Assigned: 11/09/2016 Date of Injury:  10/13/2014\n"
        "Decision Date: 12/09/2016 UR Denial Date:  11/03/2016\n"
        "Priority:  Expedited Application \nReceived:  \n11/04/2016\n",
        f"Case Number:        {NUMBER}\n"
        "Date Assigned:      11/09/2016            Date of Injury:    10/13/2014\n"
        "Decision Date:      12/09/2016            UR Denial Date:    11/03/2016\n"
        "Priority:           Expedited             Application        11/04/2016\n"
        "                                          Received:\n",
        f"Case Number: \n{NUMBER}\nDate Assigned:\n11/09/2016\nDate of Injury:\n10/13/2014\n"
        "Decision Date:\n12/09/2016\nUR Denial Date:\n11/03/2016\nPriority:\nExpedited\n"
        "Application\nReceived:\n11/04/2016\n",
    ],
    ids=["by row", "in columns", "by cell"],
)
def test_the_header_as_programs_extract_it(header: str) -> None:
    assert parse(header + "\n" + body(a_letter())).particulars == DATED


@pytest.mark.parametrize("missing", CELLS[1:])
def test_a_header_without_a_cell_gives_the_others(missing: str) -> None:
    cells = [cell for cell in CELLS if cell != missing]
    found = parse("\n".join(cells) + "\n\n" + body(a_letter())).particulars
    lost = NAMES[CELLS.index(missing)]
    blank = "standard" if lost == "priority" else None
    assert found == DATED.but(**{lost: blank})


def test_equal_dates_in_the_header_are_each_read() -> None:
    header = re.sub(r"\d\d/\d\d/\d{4}", "11/09/2016", "\n".join(CELLS))
    found = parse(header + "\n\n" + body(a_letter())).particulars
    assert found.application_received == found.date_assigned == date(2016, 11, 9)


def test_a_day_that_does_not_exist_is_left_out() -> None:
    found = parse(a_letter().replace("10/13/2014", "13/32/2014")).particulars
    assert found.date_of_injury is None
    assert found.date_assigned == DATED.date_assigned


def test_the_number_of_a_letter_beats_the_one_that_is_given() -> None:
    assert parse(a_letter(), "OTHER-1").number == NUMBER
    assert parse(body(a_letter()), "OTHER-1").number == "OTHER-1"


def test_a_letter_without_any_number_is_refused() -> None:
    with pytest.raises(BadInput, match=r"contains no case number. Give it with --number"):
        parse(body(a_letter()))


# How the text was extracted


@pytest.mark.parametrize(
    ("newline", "blank"), [("\r\n", "\r\n"), (" \n", " \t\n"), ("\n", "\n\n\n"), ("\r", "\r")]
)
def test_line_ends_and_blank_lines_of_other_programs(newline: str, blank: str) -> None:
    text = a_letter().replace("\n\n", "@").replace("\n", newline).replace("@", newline + blank)
    assert same(text, BRACE, VISITS)


def test_the_form_of_the_seed() -> None:
    text = " " + body(a_letter()).replace("\n", " \n\n") + " \n\n \n"
    assert same(text, BRACE, VISITS)


@pytest.mark.parametrize("label", ["MAXIMUS", "Example Review, Inc.", "A & B", "O'Neill-Smith"])
def test_the_label_of_the_organization(label: str) -> None:
    text = a_letter().replace("MAXIMUS guideline:", f"{label} guideline:")
    assert printed(parse(text)) == printed(a_letter_case())


LABELS = [HOW, SUMMARY, ISSUES, "Claims Administrator guideline:", "Decision rationale:"]


@pytest.mark.parametrize("label", LABELS)
def test_a_label_or_heading_at_the_end_of_a_line(label: str) -> None:
    assert same(re.sub(rf"\s+({re.escape(label)})", r" \1", a_letter()), BRACE, VISITS)


@pytest.mark.parametrize("heading", [HOW, SUMMARY, ISSUES])
def test_a_heading_whose_line_goes_on(heading: str) -> None:
    assert same(re.sub(rf"({heading})\s+", r"\1 ", a_letter()), BRACE, VISITS)


def test_a_letter_without_blank_lines() -> None:
    text = re.sub(r"\n\n+", "\n", a_letter())
    assert compare(text, parse(text)).is_equal
    case = parse(text)
    assert [item.request for item in case.items] == [BRACE.request, VISITS.request]


@pytest.mark.parametrize("rationale", ["It is so. It is not needed.", BRACE.rationale])
def test_a_missing_blank_line_before_a_title(rationale: str) -> None:
    brace = BRACE.but(rationale=rationale)
    text = re.sub(rf"\n+({re.escape(VISITS.request)})", r"\n\1", a_letter(brace, VISITS))
    assert same(text, brace, VISITS)


def test_a_reviewer_guideline_on_the_line_of_the_administrators() -> None:
    text = re.sub(r"\s+MAXIMUS guideline:", " MAXIMUS guideline:", a_letter())
    assert compare(text, parse(text)).is_equal
    assert printed(parse(text)) == printed(a_letter_case())


# Titles

LONG = " ".join(f"word{count} of a long request" for count in range(16))
TITLES = [
    "Associated surgical service: cold therapy unit",
    "Retrospective: urine test (DOS: 10/18/2016)",
    "Retro: gel: 1 tube, 2 refills",
    "Ketorolac 10mg #60: 1 b.i.d.",
    "One tablet p.o. b.i.d. #60 with 2 refills",
    "Upheld",
    "Visit (1 x 6)",
    "1 MRI of the L4-L5 level",
    "100% cotton sleeve; size 4/5 (pair)",
    LONG,
    f"{LONG}. {LONG}",
]


@each_row("title", TITLES)
@each_row("decision", ["upheld", "overturned"])
@each_row("at", [0, 1])
def test_titles(title: str, decision: str, at: int) -> None:
    items = [BRACE, VISITS]
    items[at] = items[at].but(request=title, decision=decision)
    assert same(a_letter(*items), *items)


@each_row("title", TITLES)
@each_row("gap", ["\n", " \n \n", "\n\n", "\n\f", "\n\n\f\n"])
def test_an_outcome_alone_on_its_line(title: str, gap: str) -> None:
    item = VISITS.but(request=title)
    text = re.sub(r":\s+Overturned\n", f":{gap}Overturned\n", a_letter(BRACE, item))
    assert same(text, BRACE, item)


@pytest.mark.parametrize("outcome", ["UPHELD", "upheld", "Upheld.", " Upheld"])
def test_an_outcome_in_another_form(outcome: str) -> None:
    case = parse(a_letter(BRACE).replace(": Upheld", f": {outcome}"))
    assert (case.items[0].request, case.items[0].decision) == (BRACE.request, "upheld")


def test_a_title_over_five_lines() -> None:
    item = BRACE.but(request=LONG)
    text = a_letter(VISITS, item)
    assert text.partition("word0 ")[2].partition(": Upheld")[0].count("\n") == 4
    assert same(text, VISITS, item)


@pytest.mark.parametrize("title", ["One patch b.i.d.\nfor the knee", "Gel t.i.d.\n#60\nand No.\n2"])
def test_a_wrapped_line_of_a_title_that_ends_in_a_full_stop(title: str) -> None:
    item = VISITS.but(request=one_line(title))
    text = a_letter(BRACE, item).replace(item.request, title)
    assert title in text
    assert same(text, BRACE, item)


PARTLY = BRACE.but(
    request="4 visits of therapy", original="12 visits of therapy", authorized="8 visits of therapy"
)
WHOLLY = PARTLY.but(request="Brace. Left knee", original="brace. Left knee", authorized="A rental")


@pytest.mark.parametrize("item", [PARTLY, WHOLLY])
def test_titles_of_items_that_ur_modified(item: Item) -> None:
    assert same(a_letter(VISITS, item), VISITS, item)
    assert same(a_letter(item, VISITS), item, VISITS)
    assert same(a_letter(item, item), item, item)


@each_row("item", [PARTLY, WHOLLY])
@each_row("end", ["", "\n", "\n\n", "\f", "\n\n\f"])
def test_a_modified_title_whose_sentences_end_their_lines(item: Item, end: str) -> None:
    text = re.sub(
        r"(original request|Administrator|IMR eligible)\. ", rf"\1.{end} ", a_letter(item)
    )
    assert same(text, item)
    after = re.sub(
        r"(original request|Administrator|IMR eligible)\. ", rf"\1.{end} ", a_letter(VISITS, item)
    )
    assert same(after, VISITS, item)


def test_a_modified_title_without_a_blank_line_above() -> None:
    text = re.sub(r"\n+(12 visits)", r"\n\1", a_letter(VISITS, PARTLY))
    assert same(text, VISITS, PARTLY)


@pytest.mark.parametrize(
    "title",
    ["", "a", "x was the original request.", "The original request, x is", "was authorized by the"],
)
def test_a_title_of_no_form_is_the_request(title: str) -> None:
    assert DIALECT.read_title(title) == (title, "", "")


@pytest.mark.parametrize(
    "title",
    [
        DIALECT.left_whole.format(original="12 visits", authorized="6 visits", request="12 more"),
        DIALECT.left_whole.format(original="MRI knee", authorized="X-ray", request="knee MRI"),
        DIALECT.modified.format(original="12 visits", authorized="6 visits", request="12 visits"),
    ],
)
def test_a_title_that_the_fields_do_not_print_is_kept_as_words(title: str) -> None:
    """Some letters use the sentence of the one kind of modified item for the other kind."""
    text = a_letter(VISITS).replace(VISITS.request, title, 1)
    case = parse(text)
    assert case.items[0].request == title
    assert not case.items[0].is_modified
    assert compare(text, case).is_equal


def test_an_item_without_an_outcome_is_open() -> None:
    case = parse(a_letter(BRACE).replace(": Upheld", ""))
    assert (case.items[0].request, case.items[0].decision) == (BRACE.request, None)


# Page breaks


@pytest.mark.slow
def test_a_page_break_at_any_line_end_changes_no_word() -> None:
    lines = a_letter(BRACE, PARTLY, VISITS.but(request=LONG)).split("\n")
    whole = parse("\n".join(lines))
    for at in range(1, len(lines)):
        for page_break in ("\f", "\n\f", "\n\f\n"):
            text = "\n".join(lines[:at]) + page_break + "\n".join(lines[at:])
            case = parse(text)
            assert printed(case) == printed(whole), lines[at - 1 : at + 1]
            assert case.summary.text.split() == whole.summary.text.split()
            assert case.particulars == DATED


def test_paragraphs_stay_paragraphs_at_a_page_break() -> None:
    text = a_letter().replace("\n\nIt was treated", "\n\n\fIt was treated")
    assert "\f" in text
    assert same(text, BRACE, VISITS)


# What is refused

REFUSED = {
    "empty": ("", r"no heading 'HOW THE IMR FINAL DETERMINATION WAS MADE'\. It is empty\."),
    "other letter": (
        "NOTICE OF ASSIGNMENT\n\nDear Sample Worker,\n",
        r"^This is not an IMR determination letter: it has no heading 'HOW .*'\. It begins with '",
    ),
    "no summary": (a_letter().replace(SUMMARY, "SUMMARY"), rf"no heading '{SUMMARY}'"),
    "no issues": (a_letter().replace(ISSUES, ""), rf"no heading '{ISSUES}'"),
    "wrong order": (
        a_letter().replace(SUMMARY, "@").replace(ISSUES, SUMMARY).replace("@", ISSUES),
        r"^This is not an IMR determination letter: its headings are not in the usual order\.$",
    ),
    "no licences": (
        a_letter().replace("State(s) of Licensure:", ""),
        r"^This is not an IMR determination letter: it has no reviewer credentials\.$",
    ),
    "no specialty": (
        a_letter().replace("Certification(s)/", ""),
        r"^This is not an IMR determination letter: it has no reviewer credentials\.$",
    ),
    "no item": (
        a_letter().partition("Knee brace")[0],
        r"^This is not an IMR determination letter: it decides no item\.$",
    ),
    "no reviewer line": (
        a_letter().replace("MAXIMUS guideline:", "MAXIMUS:"),
        r"^An item has no line 'MAXIMUS guideline:'",
    ),
    "no rationale": (
        a_letter().replace("Decision rationale:", ""),
        r"^An item has no line 'Decision rationale:'",
    ),
    "an item without a rationale": (
        a_letter().partition("Decision rationale: Visits")[0],
        r"^An item has no line 'Decision rationale:'",
    ),
    "endless title": (
        a_letter(BRACE.but(request="word " * 790)).replace("word word", "word and words"),
        r"(A part of the letter could not be imported|The title of an item has over)",
    ),
}


@each_row("name", REFUSED)
def test_what_is_no_such_letter_is_refused_with_what_was_found(name: str) -> None:
    text, says = REFUSED[name]
    with pytest.raises(BadInput, match=says) as caught:
        parse(text, NUMBER)
    assert "\n" not in str(caught.value)


@each_row("name", REFUSED)
def test_loose_keeps_every_word_of_what_is_refused(name: str) -> None:
    text, _ = REFUSED[name]
    case = parse(text, NUMBER, loose=True)
    assert case.summary.text.split() == text.split()
    assert (case.items, case.number, case.particulars.imported) == ((), NUMBER, True)


def test_loose_changes_nothing_about_a_letter() -> None:
    assert parse(a_letter(), loose=True) == parse(a_letter())


def test_loose_takes_what_the_header_says() -> None:
    text = "\n".join(CELLS) + "\n\nNOTICE OF DETERMINATION\n\nUpheld in part."
    case = parse(text, loose=True)
    assert case.particulars == DATED
    assert "Upheld in part." in case.summary.text


def test_loose_does_not_make_a_case_without_a_number() -> None:
    with pytest.raises(BadInput, match="case number"):
        parse("Some other text.", loose=True)


# Citations

LINES = [
    "Decision based on MTUS Knee Complaints 2004.",
    "Decision based on MTUS Knee Complaints 2004, Section(s): Summary.",
    "Decision based on MTUS Knee Complaints 2004, Section(s): Summary, and Low Back Complaints "
    "2004, Section(s): Surgical Considerations, and Chronic Pain Medical Treatment 2016, "
    "Section(s): Opioids, criteria for use.",
    "Decision based on MTUS Knee Complaints 2004, and Low Back Complaints 2004.",
    "Decision based on MTUS Forearm, Wrist, and Hand Complaints 2004, Section(s): Summary.",
    "Decision based on MTUS Neck and Upper Back Complaints 2004, Section(s): Imaging, and "
    "Forearm, Wrist, and Hand Complaints 2004, Section(s): Imaging.",
    "Decision based on MTUS Initial Approaches to Treatment 2004, Section(s): Pills: first, "
    "second, and third choice.",
    "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.24.2 Page(s): 22, 46-47.",
    "Decision based on MTUS Acupuncture Treatment Guidelines.",
    "Decision based on MTUS Postsurgical Treatment Guidelines.",
    "Decision based on MTUS Chronic Pain Treatment Guidelines Page(s): 22, and Low Back "
    "Complaints Page(s): 300-301.",
    "Decision based on MTUS Acupuncture Treatment 2007. Decision based on Non-MTUS Citation "
    "Official Disability Guidelines (ODG) Knee, Braces.",
    "Decision based on Non-MTUS Citation A Book of Knees, 2nd ed., 2011, pg. 12. Decision based "
    "on MTUS Knee Complaints 2004, Section(s): Summary.",
    "Decision based on Non-MTUS Citation ODG Knee. Decision based on Non-MTUS Citation ODG, Hip.",
    "Decision based on NonMTUS Citation A Book of Knees.",
    "Decision based on Non-MTUS A Book of Knees.",
    "Decision based on MTUS.",
    "Decision based on MTUS Knee Complaints 2004",
    "Decision based on MTUS Knee Complaints 2004..",
    "Decision based on MTUS Knee Complaints 2004. Decision based on MTUS Hip Complaints 2004.",
    "Decision based on Non-MTUS Citation See http://example.org/a,b?c=1 (updated 11/23/16).",
]
OUTSIDE = "{} based their decision on recommendation(s) outside of the MTUS Guidelines. "
SIDES = [
    "{} did not cite any medical evidence for its decision.",
    OUTSIDE + "Decision based on Non-MTUS Citation Official Disability Guidelines Knee.",
    OUTSIDE + "Decision based on Non-MTUS Citation Official Disability Guidelines, Knee, Braces.",
    OUTSIDE + "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain.",
    OUTSIDE + "Decision based on Non-MTUS Citation ODG.",
    OUTSIDE + "Decision based on Non-MTUS Citation ODG 2014.",
    OUTSIDE + "Decision based on Non-MTUS Citation ODG 2014, Knee, Braces.",
    OUTSIDE + "Decision based on Non-MTUS Citation ODG 2014 Knee.",
    OUTSIDE + "Decision based on Non-MTUS Citation ODG, 2014, Knee.",
    OUTSIDE + "Decision based on Non-MTUS Citation ODG 2014,.",
    OUTSIDE + "Decision based on Non-MTUS Citation ODG 20145, Knee.",
    OUTSIDE + "Decision based on Non-MTUS Citation Official Disability Guidelines Knee (2015).",
    OUTSIDE + "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) 2014, "
    "Pain (Chronic).",
    OUTSIDE + "Decision based on Non-MTUS Citation Doe J. Massage. J Knees. 2010;12(3):3-9.",
    OUTSIDE + "Decision based on Non-MTUS Citation A Book of Knees: 2004, pp. 3-4.",
    OUTSIDE + "Decision based on NonMTUS Citation A Book of Knees.",
    OUTSIDE + "Decision based on MTUS Knee Complaints 2004.",
    OUTSIDE.strip(),
    "{} based their decision on recommendations.",
]
SLIPS = [
    "MTUS Knee Complaints 2004.",
    "Decisions based on MTUS Knee Complaints 2004.",
    "A Book of Knees",
    "None cited.",
]
"""Words that begin as no sentence of the grammar does."""


@each_row("line", LINES + SLIPS)
@each_row("source", [ADMINISTRATOR, REVIEWER])
def test_a_guideline_line_prints_back(line: str, source: Source) -> None:
    assert guideline_line(read_guideline_line(line, source), source) == line


@each_row("line", SIDES)
@each_row("source", [ADMINISTRATOR, REVIEWER])
def test_a_guideline_line_that_names_its_side_prints_back(line: str, source: Source) -> None:
    line = line.format(source.name)
    assert guideline_line(read_guideline_line(line, source), source) == line


@each_row("line", SIDES)
@each_row("source", [ADMINISTRATOR, REVIEWER])
def test_a_guideline_line_that_names_the_other_side_prints_back(line: str, source: Source) -> None:
    other = REVIEWER if source is ADMINISTRATOR else ADMINISTRATOR
    words = line.format(other.name)
    assert guideline_line(read_guideline_line(words, source), source) == words


@pytest.mark.parametrize("source", [ADMINISTRATOR, REVIEWER])
def test_a_side_that_cited_nothing_has_no_citation(source: Source) -> None:
    assert read_guideline_line(guideline_line((), source), source) == ()


def test_the_chapters_of_a_sentence_are_citations_of_their_own() -> None:
    titles = [
        [citation.title for citation in read_guideline_line(line, REVIEWER)] for line in LINES[2:6]
    ]
    assert titles == [
        ["Knee Complaints", "Low Back Complaints", "Chronic Pain Medical Treatment"],
        ["Knee Complaints", "Low Back Complaints"],
        ["Forearm, Wrist, and Hand Complaints"],
        ["Neck and Upper Back Complaints", "Forearm, Wrist, and Hand Complaints"],
    ]


def test_sections_are_kept_as_they_are_printed() -> None:
    citation = read_guideline_line(LINES[6], REVIEWER)[0]
    assert citation.year == 2004
    assert ", ".join(citation.sections) == "Pills: first, second, and third choice"


def test_pages_and_the_section_number_are_fields() -> None:
    citation = read_guideline_line(LINES[7], REVIEWER)[0]
    assert (citation.title, citation.section, citation.pages, citation.standard) == (
        "Chronic Pain Treatment Guidelines",
        "9792.24.2",
        "22, 46-47",
        "A",
    )


@pytest.mark.parametrize("line", [LINES[14], LINES[17], LINES[19]])
def test_a_slip_is_kept_as_words(line: str) -> None:
    assert read_guideline_line(line, REVIEWER) == (Citation(text=line, verbatim=True),)


@each_row(
    ("words", "title", "year", "section", "sections"),
    [
        (
            "Official Disability Guidelines (ODG) 2014, Pain (Chronic)",
            *("Official Disability Guidelines (ODG)", 2014, "Pain (Chronic)", ()),
        ),
        (
            "Official Disability Guidelines 2015, Knee",
            *("Official Disability Guidelines", 2015, "Knee", ()),
        ),
        ("ODG 2014", "ODG", 2014, "", ()),
        ("ODG 2014, Knee, Braces", "ODG", 2014, "Knee, Braces", ()),
        # Without a year, and where what looks like one belongs to other words.
        ("ODG Pain", "ODG", None, "Pain", ()),
        ("ODG, Pain", "ODG", None, "", ("Pain",)),
        ("ODG 2014 Pain", "ODG", None, "2014 Pain", ()),
        ("ODG, 2014, Pain", "ODG", None, "", ("2014, Pain",)),
        ("ODG 1814, Pain", "ODG", None, "1814, Pain", ()),
        ("ODG Pain 2014", "ODG", None, "Pain 2014", ()),
        ("ODG Pain (2014)", "ODG", None, "Pain (2014)", ()),
    ],
)
def test_the_disability_guidelines_come_back_with_year_and_chapter(
    words: str, title: str, year: int | None, section: str, sections: tuple[str, ...]
) -> None:
    mtus = "Decision based on MTUS Knee Complaints 2004."
    line = f"{mtus} Decision based on Non-MTUS Citation {words}."
    _, citation = read_guideline_line(line, REVIEWER)
    assert citation == Citation(
        title=title, year=year, section=section, sections=sections, standard="C"
    )
    assert guideline_line((KNEE.but(sections=()), citation), REVIEWER) == line


@given(st.integers(1900, 2099), st.sampled_from(["Pain (Chronic)", "Knee & Leg", "Hip, Pelvis"]))
def test_a_guideline_that_is_cited_with_its_year_comes_back(year: int, section: str) -> None:
    cited = Citation(
        title="Official Disability Guidelines (ODG)", section=section, year=year, standard="C"
    )
    assert read_guideline_line(guideline_line((cited,), REVIEWER), REVIEWER) == (cited,)


_parts = st.sampled_from(
    [
        *("Decision based on MTUS ", "Decision based on Non-MTUS Citation ", "Knee Complaints"),
        *(" 2004", ", Section(s): ", ", and ", ". ", " ", ", ", "and ", " Page(s): 22", " 9792.24"),
        *("ODG", "Official Disability Guidelines", " (ODG)", "Knee", ":", "(2016)", "10/11/16"),
        *("ODG 2014", ";12:3-9"),
    ]
)


_phrases = st.lists(_parts, min_size=1, max_size=12).map("".join).filter(str.strip)


@given(_phrases, st.sampled_from([ADMINISTRATOR, REVIEWER]))
def test_any_words_of_the_grammar_print_back(words: str, source: Source) -> None:
    line = one_line(f"Decision based on {words}")
    assert guideline_line(read_guideline_line(line, source), source) == line


# Any case

_LOOKS = re.compile(
    rf"{HOW}|{SUMMARY}|{ISSUES}|guideline:|Decision rationale:|set forth below:", re.I
)


def held(text: str) -> str:
    """`text` as a letter can hold it: no hyphen before a space, no word of a label."""
    plain = paragraphs(to_ascii(text))
    plain = re.sub(r"-+(?=\s|$)", "", _LOOKS.sub("x", plain))
    return paragraphs(plain) or "x"


def held_line(text: str) -> str:
    return one_line(held(text))


def held_item(item: Item) -> Item:
    return item.but(
        request=held_line(item.request),
        original=held_line(item.original) if item.original else "",
        authorized=held_line(item.authorized) if item.authorized else "",
        rationale=held(item.rationale),
        administrator_citations=tuple(map(held_citation, item.administrator_citations)),
        citations=tuple(map(held_citation, item.citations)),
    )


def held_citation(citation: Citation) -> Citation:
    return citation.but(
        title=held_line(citation.title) if citation.title.strip() else "",
        section=held_line(citation.section) if citation.section.strip() else "",
        sections=tuple(map(held_line, citation.sections)),
        pages=held_line(citation.pages) if citation.pages.strip() else "",
        text=held_line(citation.text) if citation.text.strip() else "",
        organization=held_line(citation.organization) if citation.organization.strip() else "",
        authors=held_line(citation.authors) if citation.authors.strip() else "",
        journal=held_line(citation.journal) if citation.journal.strip() else "",
        volume=held_line(citation.volume) if citation.volume.strip() else "",
    )


_names = st.lists(st.sampled_from(["Texas", "New York", "Pain Management", "Knees"]), min_size=1)


@st.composite
def letter_cases(draw: st.DrawFn) -> Case:
    """Any complete case, its texts as a letter can hold them."""
    case = draw(complete_cases())
    return case.but(
        reviewer=Reviewer(licenses=tuple(draw(_names)), specialties=tuple(draw(_names))),
        summary=Summary(text=held(case.summary.text)),
        items=tuple(map(held_item, case.items)),
    )


def dates(case: Case) -> list[object]:
    """What a header prints."""
    head = case.particulars
    return [
        *(head.number, head.priority, head.date_assigned, head.date_of_injury),
        *(head.decision_date, head.ur_decision_date, head.application_received),
    ]


@given(letter_cases())
def test_the_letter_of_any_case_gives_what_it_prints(case: Case) -> None:
    text = render(case)
    back = parse(text, case.number)
    assert back.number == case.number
    if not text.startswith(" "):
        assert dates(back) == dates(case)
    assert back.reviewer.licenses == case.reviewer.licenses
    assert back.reviewer.specialties == case.reviewer.specialties
    assert back.summary.text.split() == case.summary.text.split()
    assert printed(back) == printed(case)
    assert render(back).split() == text.split()
    assert compare(text, back).is_equal


@given(letter_cases(), st.tuples(*[st.dates()] * 5))
def test_the_header_of_any_case_comes_back(case: Case, days: tuple[date, ...]) -> None:
    assigned, injury, decision, denial, received = days
    dated = case.but(
        particulars=case.particulars.but(
            date_assigned=assigned,
            date_of_injury=injury,
            decision_date=decision,
            ur_decision_date=denial,
            application_received=received,
        )
    )
    back = parse(render(dated))
    assert (back.number, dates(back)) == (dated.number, dates(dated))


def test_a_number_that_ends_in_a_hyphen_is_not_joined_to_the_next_cell() -> None:
    dates_known = dict.fromkeys(
        (
            "date_assigned",
            "date_of_injury",
            "decision_date",
            "ur_decision_date",
            "application_received",
        ),
        date(2026, 1, 5),
    )
    case = a_complete_case()
    case = case.but(particulars=case.particulars.but(number="CM26-", **dates_known))
    assert parse(render(case)).number == "CM26-"


@given(letter_cases())
def test_reading_a_letter_twice_gives_the_same_case(case: Case) -> None:
    once = parse(render(case), case.number)
    assert parse(render(once), case.number) == once


# Any text


def assert_survives(text: str) -> None:
    for loose in (False, True):
        try:
            case = parse(text, NUMBER, loose=loose)
        except ImrError:
            continue
        compare(text, case)


@given(st.text(max_size=300))
def test_no_text_ends_the_parser(text: str) -> None:
    assert_survives(text)


@given(st.lists(st.sampled_from(NASTY) | st.sampled_from(a_letter().split("\n")), max_size=60))
def test_no_lines_of_a_letter_end_the_parser(lines: list[str]) -> None:
    assert_survives("\n".join(lines))


@given(st.permutations(a_letter(BRACE, PARTLY).split("\n")))
def test_no_order_of_lines_ends_the_parser(lines: list[str]) -> None:
    assert_survives("\n".join(lines))


@given(st.integers(0, 3000), st.integers(0, 200), st.sampled_from(NASTY))
def test_no_damage_ends_the_parser(start: int, length: int, put: str) -> None:
    text = a_letter(BRACE, PARTLY)
    assert_survives(text[:start] + put + text[start + length :])


# How long it takes

FRAME = a_letter(BRACE)
_TITLE_AT = FRAME.index("Knee brace")
_RATIONALE_AT = FRAME.index("Decision rationale: ") + len("Decision rationale: ")
HOSTILE: dict[str, Callable[[int], str]] = {
    "sentences": lambda n: "Decision based on MTUS\n" * n,
    "hyphens": lambda n: "x-\n" * n,
    "developed": lambda n: "the expert reviewer developed\n" * n,
    "labels": lambda n: "Claims Administrator guideline:\n" * n,
    "labels on one line": lambda n: "Decision rationale: " * n,
    "a guideline line": lambda n: FRAME.replace("MTUS Knee", "MTUS Knee, and Hip").replace(
        "and Hip", "and Hip, " * (n // 8)
    ),
    "headings": lambda n: f"{HOW}\n{SUMMARY}\n{ISSUES}\n" * n,
    "blank lines": lambda n: "\n" * n * 20,
    "form feeds": lambda n: "\f" * n * 20,
    "one long line": lambda n: "word " * n,
    "dates": lambda n: "10/18/2016\n" * n,
    "capitals": lambda n: "A" * n * 20,
    "a long summary": lambda n: FRAME.replace("rest.", "rest.\n" * n),
    "a developed summary": lambda n: FRAME.replace(
        "It was treated with rest.", "The expert reviewer developed " * n
    ),
    "hyphens in a rationale": lambda n: FRAME[:_RATIONALE_AT] + "x-\n" * n,
    "sentences in a rationale": lambda n: FRAME[:_RATIONALE_AT] + "It is so.\n" * n,
    "a long title": lambda n: FRAME[:_TITLE_AT] + "x: Upheld " * n + FRAME[_TITLE_AT:],
    "a modified title": lambda n: (
        FRAME[:_TITLE_AT] + "x was the original request. " * (n // 4) + FRAME[_TITLE_AT:]
    ),
    "an authorized title": lambda n: (
        FRAME[:_TITLE_AT]
        + "x was the original request. The Claims Administrator authorized y, " * (n // 8)
        + FRAME[_TITLE_AT:]
    ),
    "items": lambda n: FRAME[:_TITLE_AT] + (FRAME[_TITLE_AT:] + "\n") * (n // 40),
    "credentials": lambda n: FRAME.replace("Texas", "Texas, " * n),
    "header": lambda n: "Date Assigned: 10/18/2016 " * n + FRAME,
}
SIZE = 4_000


def seconds(text: str) -> float:
    """How long parsing takes, at best of three, however it ends."""
    taken = []
    for _ in range(3):
        start = time.thread_time()
        with suppress(ImrError, ValidationError):
            parse(text, NUMBER)
        taken.append(time.thread_time() - start)
    return min(taken)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_becomes_a_case_or_a_sentence(name: str) -> None:
    assert_survives(HOSTILE[name](SIZE))


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_grows_with_the_text(name: str) -> None:
    build = HOSTILE[name]
    seconds(build(SIZE // 8))
    assert seconds(build(SIZE * 4)) < 12 * seconds(build(SIZE))


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("A Book of Knees, 2nd ed., 2004, pp. 3-4", 2004),
        ("Knee braces (updated 11/23/16)", 2016),
        ("Journal of Knees 2010; 12: 3-9, and 2011", None),
        ("A Book of Knees, pp. 1999-2004", None),
        ("https://example.org/2004/knees", None),
        ("A Book of Knees", None),
    ],
)
def test_the_year_of_a_free_citation_is_known_where_it_is_certain(
    words: str, year: int | None
) -> None:
    line = guideline_line((Citation(text=words, standard="C"),), REVIEWER)
    (citation,) = read_guideline_line(line, REVIEWER)
    assert (citation.text, citation.year) == (words, year)
    assert guideline_line((citation,), REVIEWER) == line


def test_chapters_that_are_cited_by_pages_are_citations_of_their_own() -> None:
    line = "Decision based on MTUS A Guide Page(s): 3-5, and B Guide 9792.24.2 Page(s): 7, 9."
    first, second = read_guideline_line(line, REVIEWER)
    assert (first.title, first.pages) == ("A Guide", "3-5")
    assert (second.title, second.section, second.pages) == ("B Guide", "9792.24.2", "7, 9")


def test_the_first_title_is_all_that_stands_below_the_fixed_words() -> None:
    text = a_letter(BRACE).replace(
        f"\n{BRACE.request}:", f"\nNot medically necessary.\n\n{BRACE.request}:", 1
    )
    assert parse(text).items[0].request == f"Not medically necessary. {BRACE.request}"

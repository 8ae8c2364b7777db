"""Page furniture: no page number or fax header becomes a word of the case, and no prose is lost."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, strategies as st

from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.extract.page_furniture import left_out
from imr_tui.letter.parse.lines import join, read_lines, read_rows, vocabulary
from imr_tui.letter.parse.parser import parse
from imr_tui.letter.parse.round_trip import compare
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Case
from tests.builders import NUMBER, a_complete_case, an_item
from tests.rows import each_row

pytestmark = [pytest.mark.process, pytest.mark.slow]

HOW = DIALECT.how

Lines = Callable[[int, int], Sequence[str]]
"""The furniture of one page, by its number and how many there are."""

SENTENCES = [
    "The worker was hurt on 10/18/2016 and had 12 visits, which helped for 2 weeks.",
    "Pain was 7/10 at rest and 3/10 after medi-\ncation; the knee was stiff.",
    "A brace was worn from 8:30 in the morning; page 3 of the report says so.",
    "On examination the left knee was tender, and flexion was 90 degrees.",
]
PROSE = "\n\n".join("\n".join(SENTENCES[(at + more) % 4] for more in range(9)) for at in range(9))
ITEMS = tuple(
    an_item(f"{n} visits", rationale=" ".join(SENTENCES * 3).replace("\n", " "))
    for n in range(2, 7)
)
WHOLE = a_complete_case(ITEMS)
LETTER = render(WHOLE).replace(WHOLE.summary.text, PROSE)

FOOTERS: dict[str, Lines] = {
    "page of": lambda page, pages: [f"Page {page} of {pages}"],
    "page": lambda page, pages: [f"Page {page}"],
    "pg": lambda page, pages: [f"pg. {page} of {pages}"],
    "pipe": lambda page, pages: [f"Page | {page}"],
    "pipe behind": lambda page, pages: [f"{page} | Page"],
    "dashes": lambda page, pages: [f"- {page} -"],
    "long dashes": lambda page, pages: [f"— {page} —"],
    "number": lambda page, pages: [f"{page}"],
    "fraction": lambda page, pages: [f"{page}/{pages}"],
    "number of": lambda page, pages: [f"{page} of {pages}"],
    "case and page": lambda page, pages: [f"CM14-0187654 Page {page}"],
    "name, case, page": lambda page, pages: [f"JOHN DOE (CM14-0187654)  {page}"],
    "title": lambda page, pages: [
        f"Final Determination Letter for IMR Case Number {NUMBER} {page}"
    ],
    "name and page": lambda page, pages: [f"Doe, John {page}"],
    "two lines": lambda page, pages: ["Sample Review Services", "", f"Page {page} of {pages}"],
    "notice": lambda page, pages: ["CONFIDENTIAL: for the addressee only.", f"Page {page}"],
}
HEADERS: dict[str, Lines] = {
    "fax": lambda page, pages: [
        f"12/08/2014 14:32 FAX 9165551234 -> CLAIMS  P.{page:03}/{pages:03}"
    ],
    "from and to": lambda page, pages: [f"From: Sample Law  To: Claims  Page: {page}/{pages}"],
    "received": lambda page, pages: ["Received: Dec 8 2014 02:32pm"],
    "machine": lambda page, pages: [f"Dec. 8. 2014  2:32PM    No. 1234   P. {page}"],
    "server": lambda page, pages: [
        f"RightFax N1-2  12/8/2014 2:32:11 PM  PAGE {page}/{pages:03}  Fax Server"
    ],
    "case": lambda page, pages: [f"Case Number: {NUMBER}  Page {page} of {pages}"],
    "both": lambda page, pages: [
        f"2014-12-08 14:32 (GMT) From: 19165551234  To: 19165550000  Page: {page}/{pages}",
        f"JOHN DOE ({NUMBER}) {page}",
    ],
}
BARE = ("number", "fraction", "number of", "name and page")
"""Footers that are known without a form feed only where they return three times."""


def cut(text: str, length: int) -> list[str]:
    """Pages of so many lines, without regard to sentences."""
    lines = text.split("\n")
    return ["\n".join(lines[at : at + length]) for at in range(0, len(lines), length)]


def put_on(
    pages: Sequence[str], lines: Lines, *, top: bool, blanks: int, feed: str
) -> tuple[str, list[str]]:
    """A document of these pages with furniture on each, and the furniture."""
    put, parts = list[str](), list[str]()
    for number, page in enumerate(pages, 1):
        those = list(lines(number, len(pages)))
        put += [" ".join(line.split()) for line in those if line]
        block, space = "\n".join(those), "\n" * (blanks + 1)
        parts.append(f"{block}{space}{page}" if top else f"{page}{space}{block}")
    return f"\n{feed}".join(parts), put


def parts_of(case: Case) -> list[object]:
    return [case.summary.text.split(), *(item.rationale.split() for item in case.items)]


def assert_left_out(document: str, put: Sequence[str]) -> None:
    case = parse(document, NUMBER)
    assert [each.text for each in left_out(read_rows(document))] == put
    assert parts_of(case) == parts_of(parse(LETTER, NUMBER))
    assert [item.request for item in case.items] == [item.request for item in ITEMS]
    assert compare(document, case).is_equal


@each_row("name", FOOTERS)
@each_row("blanks", [0, 1, 2])
@each_row("length", [31, 40, 47])
def test_footers_before_a_form_feed(name: str, blanks: int, length: int) -> None:
    pages = cut(LETTER, length)
    assert_left_out(*put_on(pages, FOOTERS[name], top=False, blanks=blanks, feed="\f"))


@each_row("name", HEADERS)
@each_row("blanks", [0, 1, 2])
@each_row("length", [31, 40, 47])
def test_headers_behind_a_form_feed(name: str, blanks: int, length: int) -> None:
    pages = cut(LETTER, length)
    assert_left_out(*put_on(pages, HEADERS[name], top=True, blanks=blanks, feed="\f"))


@each_row("name", [*FOOTERS, *HEADERS])
@each_row("blanks", [0, 1])
@each_row("feed", ["", "\n"])
def test_furniture_at_regular_places_without_a_form_feed(name: str, blanks: int, feed: str) -> None:
    pages = cut(LETTER, 25)
    lines = (FOOTERS | HEADERS)[name]
    assert len(pages) > 3
    assert_left_out(*put_on(pages, lines, top=name in HEADERS, blanks=blanks, feed=feed))


@each_row("name", [name for name in FOOTERS if name not in (*BARE, "notice")])
def test_two_pages_without_a_form_feed(name: str) -> None:
    middle = LETTER.count("\n") // 2 + 1
    document, put = put_on(cut(LETTER, middle), FOOTERS[name], top=False, blanks=1, feed="")
    assert_left_out(document, put)


def test_a_single_fax_header_in_the_middle() -> None:
    first, second = cut(LETTER, LETTER.count("\n") // 2 + 1)
    line = HEADERS["fax"](2, 2)[0]
    assert_left_out(f"{first}\n{line}\n{second}", [" ".join(line.split())])


# Prose stays


@given(st.integers(3, 60), st.integers(0, 60), st.sampled_from(["\f", "\n\f", ""]))
def test_no_line_of_a_letter_is_left_out(length: int, first: int, feed: str) -> None:
    pages = [LETTER[:first], *cut(LETTER[first:], length)]
    assert left_out(read_rows(f"\n{feed}".join(pages))) == ()


@each_row(
    "line",
    [
        "3",
        "7/10",
        "2 of 6",
        "2016",
        "12/08/2014",
        "10/18/2016 at 8:30",
        "Request 2",
        "Therefore, the request is not medically necessary.",
        "Knee brace: Upheld",
        "Decision rationale: It is so.",
        "as page 3 of 7 of the report says",
        "From: 10/18/2016 To: 11/18/2016",
        "Sample Review Services",
    ],
)
@each_row("around", ["One line of it,\n{}\nand so on.", "It is so.\n\n{}\n\fMore."])
def test_a_line_that_may_be_prose_stays(line: str, around: str) -> None:
    text = around.format(line)
    assert (
        left_out(read_rows(f"First page.\n\f{'Second. ' * 9}\n\f{'Third. ' * 9}\n\f{text}")) == ()
    )


def test_a_conclusion_that_ends_every_page_stays() -> None:
    end = "Therefore, the request is not medically necessary."
    pages = [f"Reasons {at}.\n\n{end}" for at in range(9)]
    assert left_out(read_rows("\n\f".join(pages))) == ()


def test_numbered_headings_stay() -> None:
    below = "It is so.\n" * 9
    for heading in ("{}", "Item {}", "{}.", "Request {}"):
        text = "\n\n".join(f"{heading.format(at)}\n{below}" for at in range(1, 6))
        assert left_out(read_rows(text)) == ()


# Where they stood


def joined(text: str) -> str:
    return join(read_lines(text), vocabulary(text))


@pytest.mark.parametrize("feed", ["", "\f"])
def test_a_sentence_and_a_word_go_on_over_the_page(feed: str) -> None:
    block = f"\n\nPage 3 of 7\n{feed}\n12/08/2014 14:32 FAX 9165551234 -> X P.004/007\n\n"
    assert joined(f"The knee was{block}painful.") == "The knee was painful."
    assert joined(f"Medication and medi-{block}cation.") == "Medication and medication."
    assert joined(f"A medi\u00ad{block}cation.") == "A medication."
    assert joined(f"It hurt.{block}It was cold.") == "It hurt.\n\nIt was cold."


def test_the_lines_are_those_of_the_document() -> None:
    document = "One.\nTwo.\n\nPage 1 of 2\n\fThree.\fPage 2 of 2\n"
    found = [(each.line, each.text) for each in left_out(read_rows(document))]
    assert found == [(4, "Page 1 of 2"), (5, "Page 2 of 2")]


def test_the_number_of_the_case_is_still_read() -> None:
    head = LETTER[LETTER.index(HOW) :]
    document = f"Case Number: {NUMBER}\nDate Assigned: 11/09/2016\n\n{head}"
    pages, _ = put_on(cut(document, 40), HEADERS["case"], top=True, blanks=1, feed="\f")
    assert parse(pages).number == NUMBER
    assert parse(document).number == NUMBER

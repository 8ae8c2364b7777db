"""Lines of extracted text become paragraphs again: wraps, blank lines, page breaks, hyphens."""

import pytest
from hypothesis import given, strategies as st

from imr_tui.letter.parse.lines import Line, ends_sentence, join, read_lines, vocabulary
from imr_tui.text.layout import one_line
from imr_tui.text.sanitize import clean
from tests.rows import each_row
from tests.strategies import NASTY

PAGES = "One line here\nand its end.\n\nTwo begins\nand ends."
"""Two paragraphs of two lines each."""


def joined(text: str) -> str:
    """What the lines of `text` say, with its own words."""
    return join(read_lines(text), vocabulary(text))


def doubled(text: str, page_break: str = "") -> str:
    """`text` with every newline doubled, `page_break` in the place of each form feed."""
    return text.replace("\n", "\n\n").replace("\f", page_break)


# read_lines


@each_row(
    ("text", "lines"),
    [
        ("", []),
        (" \n\t\n\f\n", []),
        ("one", [Line("one")]),
        ("  one \t two  ", [Line("one two")]),
        ("one\ntwo", [Line("one"), Line("two")]),
        ("one\r\ntwo\rthree", [Line("one"), Line("two"), Line("three")]),
        ("\n\n one\n", [Line("one")]),
        ("one\n\ntwo", [Line("one"), Line("two", gap=True)]),
        ("one\n \n\t\n\n\n\ntwo", [Line("one"), Line("two", gap=True)]),
        ("one\r\n\r\ntwo", [Line("one"), Line("two", gap=True)]),
        ("one\ftwo", [Line("one"), Line("two", page=True)]),
        ("one\n\ftwo", [Line("one"), Line("two", gap=True, page=True)]),
        ("one\n\n\f\n\ntwo", [Line("one"), Line("two", gap=True, page=True)]),
        ("\fone\ntwo", [Line("one"), Line("two")]),
        ("one\f\ftwo", [Line("one"), Line("two", gap=True, page=True)]),
        ("one\xa0two", [Line("one two")]),
    ],
)
def test_lines_that_hold_words(text: str, lines: list[Line]) -> None:
    read = read_lines(text)
    assert [line.text for line in read] == [line.text for line in lines]
    assert [line.page for line in read] == [line.page for line in lines]
    if "\f" not in text:
        assert read == lines


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_doubled_newlines_are_single_ones(newline: str) -> None:
    text = doubled(PAGES).replace("\n", newline)
    assert [line.text for line in read_lines(text)] == [line.text for line in read_lines(PAGES)]
    assert [line.gap for line in read_lines(text)] == [False, False, True, False]


def test_doubled_newlines_with_trailing_blanks_are_single_ones() -> None:
    text = " " + doubled(PAGES).replace("\n", " \n") + " \n"
    assert [line.gap for line in read_lines(text)] == [False, False, True, False]


def test_three_lines_that_stand_apart_are_three_paragraphs() -> None:
    assert [line.gap for line in read_lines("One.\n\nTwo.\n\nThree.")] == [False, True, True]


def test_one_pair_of_lines_shows_that_newlines_are_not_doubled() -> None:
    text = "\n\n".join("abcdef") + "\ng"
    assert [line.gap for line in read_lines(text)] == [False, *[True] * 5, False]


def test_more_blank_lines_than_a_paragraph_has_are_a_page_break_where_newlines_are_doubled() -> (
    None
):
    text = doubled("One line\nof some\nwords that\n\n\ngo on\nhere.")
    assert [line.page for line in read_lines(text)] == [False, False, False, True, False]
    assert joined(text) == "One line of some words that go on here."


# join


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", ""),
        ("one\ntwo\nthree", "one two three"),
        (PAGES, "One line here and its end.\n\nTwo begins and ends."),
        ("One.\n\n\n\n\nTwo.", "One.\n\nTwo."),
        ("no end\n\nhere", "no end\n\nhere"),
    ],
)
def test_a_wrap_is_undone_and_a_blank_line_begins_a_paragraph(text: str, paragraphs: str) -> None:
    assert joined(text) == paragraphs


@pytest.mark.parametrize(
    "page_break", ["\f", "\n\f", "\f\n", "\n\n\f\n\n\n", " \n \n\f \n", "\f\f"]
)
def test_a_page_break_inside_a_sentence_is_a_wrap(page_break: str) -> None:
    assert joined(f"The knee was{page_break}painful.") == "The knee was painful."


@pytest.mark.parametrize("end", [".", "?", "!", '."', ".)", ".')", ".]"])
def test_a_blank_line_at_a_page_break_counts_after_a_sentence(end: str) -> None:
    assert joined(f"The knee hurt{end}\n\n\fThe hip too.") == f"The knee hurt{end}\n\nThe hip too."


def test_a_page_break_without_a_blank_line_goes_on() -> None:
    assert one_line(joined("The knee hurt.\fThe hip too.")) == "The knee hurt. The hip too."


@pytest.mark.parametrize(
    ("line", "ends"),
    [("done.", True), ('"Done."', True), ("b.i.d.", True), ("so:", False), ("3.5", False)],
)
def test_where_a_sentence_may_end(line: str, ends: bool) -> None:
    assert ends_sentence(line) is ends


@each_row(
    ("text", "whole"),
    [
        ("On 10-18-\n2016 it hurt.", "On 10-18-2016 it hurt."),
        ("On 10-\n18-2016 it hurt.", "On 10-18-2016 it hurt."),
        ("At levels L4-\nL5 and S1.", "At levels L4-L5 and S1."),
        ("A follow-\nup visit.", "A follow-up visit."),
        ("A follow-\nup visit, to be followed up.", "A follow-up visit, to be followed up."),
        ("The guide-\nlines say so. Guidelines do.", "The guidelines say so. Guidelines do."),
        ("Guidelines. The GUIDE-\nLINES.", "Guidelines. The GUIDELINES."),
        ("The guide-\nlines say so.", "The guide-lines say so."),
        ("The guide-\nlines, all guidelines.", "The guidelines, all guidelines."),
        ("Guidelines of pre-guide-\nlines time.", "Guidelines of pre-guidelines time."),
        ("It was mild -\nso it seems.", "It was mild - so it seems."),
        ("A dash -\n2016 came.", "A dash - 2016 came."),
        ("The knee--\nand the hip.", "The knee--and the hip."),
        ("X-\nray and xray.", "Xray and xray."),
        ("A 10-\npoint scale.", "A 10-point scale."),
        ("Ending-", "Ending-"),
    ],
)
def test_a_hyphen_at_a_line_end(text: str, whole: str) -> None:
    assert joined(text) == whole


@pytest.mark.parametrize("page_break", ["\f", "\n\f\n", "\n\n\f"])
def test_a_hyphen_at_a_page_end(page_break: str) -> None:
    assert joined(f"On 10-18-{page_break}2016 it hurt.") == "On 10-18-2016 it hurt."
    assert joined(f"Guidelines. The guide-{page_break}lines.") == "Guidelines. The guidelines."


def test_a_word_broken_over_three_lines_keeps_its_letters() -> None:
    text = "The reha-\nbili-\ntation went on. Rehabilitation helps."
    assert joined(text).replace("-", "") == "The rehabilitation went on. Rehabilitation helps."


def test_the_words_of_a_letter_are_those_that_stand_whole() -> None:
    assert vocabulary("The guide-\nlines, L4-5: MTUS!") == {"the", "guide", "lines", "l", "mtus"}


texts = st.lists(
    st.sampled_from([*NASTY, *PAGES.split(), "10-", "guide-", "lines", "guidelines", " -", "\n"])
    | st.text(max_size=4),
    max_size=30,
).map(" ".join)


@given(texts)
def test_no_letter_of_a_text_is_lost_but_hyphens_at_line_ends(text: str) -> None:
    def bare(whole: str) -> str:
        return "".join(whole.replace("-", "").split())

    assert bare(joined(text)) == bare(clean(text))


@given(st.lists(st.sampled_from(["Knee pain", "was mild.", "so", "it", "is."]), min_size=4))
def test_doubling_the_newlines_changes_no_paragraph(words: list[str]) -> None:
    text = "\n".join(words)
    assert joined(doubled(text)) == joined(text)


# Soft hyphens and control characters


@each_row(
    "end",
    ["\n", "\r\n", "\r", " \n", "\t\n    ", "\u00a0\n", "\f", "\n\f", "\n\n\f\n", "\v", "\u2028"],
)
def test_a_soft_hyphen_at_a_line_end_joins_its_word(end: str) -> None:
    assert joined(f"The medi\u00ad{end}cation helped.") == "The medication helped."
    assert joined(f"Me\u0301\u00ad{end}nie\u0300re") == "Ménière"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a medi\u00adcation", "a medi<U+00AD>cation"),
        ("10\u00ad\n18 visits", "10<U+00AD>18 visits"),
        ("C4\u00ad\nC5", "C4<U+00AD>C5"),
        ("the end\u00ad\n", "the end<U+00AD>"),
        ("one\u2010\ntwo", "one\u2010two"),
    ],
)
def test_any_other_soft_hyphen_is_shown_and_a_hyphen_stays(text: str, kept: str) -> None:
    assert joined(text) == kept


@each_row("code", [*range(1, 9), *range(0x0E, 0x20), 0x7F, 0x85])
def test_no_control_character_is_dropped(code: int) -> None:
    char = chr(code)
    shown, joint = ("-", "") if char == "\x1e" else (f"<U+{code:04X}>", " ")
    text = f"10{char}0 mg{char}\n{char}daily"
    assert joined(text) == f"10{shown}0 mg{shown}{joint}{shown}daily"


def test_text_is_composed_before_it_is_read() -> None:
    assert joined("Me\u0301nie\u0300re, 1½ ﬁ\n\uf0b7 one \uf0e0 two") == (
        "Ménière, 1½ ﬁ • one → two"
    )

"""Pages: read however they are typed, printed in one way, and what is wrong with them."""

import pytest
from hypothesis import given, strategies as st

from imr_tui.domain.pages import PageRange, fault, format_pages, in_order, normal, read_pages
from tests.rows import each_row
from tests.strategies import raw_texts

_pages = st.integers(0, 99_999)
_spans = st.lists(st.builds(PageRange, _pages, _pages), max_size=6).map(tuple)
_typed = raw_texts | st.lists(
    st.sampled_from(
        [
            *("22", "046", "96", "99999", "100000", "-", "–", "−", ",", ";", "&", " ", ".", "\t"),
            *("and ", "pp. ", "page ", "Page(s): ", "x", "\n", "\xa0", "２２"),
        ]
    ),
    max_size=8,
).map("".join)
"""Pages as they are typed, and what is none."""


# As they are typed


@each_row(
    ("typed", "printed"),
    [
        ("", ""),
        ("  ", ""),
        ("22", "22"),
        ("22-22", "22"),
        ("022", "22"),
        ("22,46-47 96–99", "22, 46-47, 96-99"),
        ("22, 46-47, 96-99", "22, 46-47, 96-99"),
        ("46‐47", "46-47"),
        ("46‑47", "46-47"),
        ("46–47", "46-47"),
        ("46—47", "46-47"),
        ("46−47", "46-47"),
        ("46 - 47", "46-47"),
        ("22 46", "22, 46"),
        ("22;46", "22, 46"),
        ("22; 46", "22, 46"),
        ("22 & 46", "22, 46"),
        ("22&46", "22, 46"),
        ("22 and 46", "22, 46"),
        ("22, 46, and 96", "22, 46, 96"),
        ("22 AND 46", "22, 46"),
        ("22,\t46", "22, 46"),
        ("22, 46,", "22, 46"),
        (", 22;", "22"),
        ("22.", "22"),
        ("p. 22", "22"),
        ("p22", "22"),
        ("pp. 22", "22"),
        ("pp 22-23", "22-23"),
        ("page 5", "5"),
        ("Pages 5, 6", "5, 6"),
        ("Page(s): 22, 46-47", "22, 46-47"),
        ("47-46", "47-46"),
        ("96, 22, 22", "96, 22, 22"),
    ],
)
def test_pages_are_printed_in_one_way_and_in_their_own_order(typed: str, printed: str) -> None:
    assert normal(typed) == printed


@each_row(
    "typed",
    [
        *(
            "Summary",
            "page",
            "pp.",
            "page x",
            "22 ff.",
            "22ff",
            "x22",
            "22, x",
            "22 or 46",
            "and 22",
        ),
        *("22-", "-22", "22--23", "22-23-24", "22 and", "22and 46", "22 to 46", "22/46", "22.46"),
        *("22, pp. 46", "123456", "1-123456", "9792.24.2", "２２", "IV", "22\x00", "①"),
    ],
)
def test_what_is_no_list_of_pages_is_left_as_it_is(typed: str) -> None:
    assert read_pages(typed) is None
    assert (normal(typed), in_order(typed), fault(typed, "1-5")) == (typed, typed, "")


@given(_spans)
def test_pages_that_are_spelled_are_read_again(ranges: tuple[PageRange, ...]) -> None:
    assert read_pages(format_pages(ranges)) == ranges


@given(_typed)
def test_printed_pages_are_printed_the_same(typed: str) -> None:
    assert normal(normal(typed)) == normal(typed)
    assert in_order(in_order(typed)) == in_order(typed)


@given(_typed, _typed)
def test_any_text_is_read_or_not(typed: str, document: str) -> None:
    ranges = read_pages(typed)
    what = fault(typed, document)
    if ranges is None:
        assert (normal(typed), what) == (typed, "")
    else:
        assert normal(typed) == format_pages(ranges)


@each_row("end", ["", "x"])
@each_row("part", ["1", "1 ", " ", "1-", "1 -", "and ", "1 and ", "pages", ",;&"])
def test_a_long_text_comes_back(part: str, end: str) -> None:
    typed = (part * 4_000)[:3_999] + end
    assert normal(normal(typed)) == normal(typed)


def test_a_long_gap_comes_back() -> None:
    for typed in (f"1{' ' * 3_998}x", f"1 -{' ' * 3_997}", f"1{' ' * 3_998}2"):
        assert normal(normal(typed)) == normal(typed)


# In order


@pytest.mark.parametrize(
    ("typed", "ordered"),
    [
        ("96–99, 22 46-47", "22, 46-47, 96-99"),
        ("22, 22, 46", "22, 46"),
        ("100, 22", "22, 100"),
        ("22-30, 22", "22, 22-30"),
        ("5-3, 4", "4, 5-3"),
        ("", ""),
    ],
)
def test_pages_are_put_in_order(typed: str, ordered: str) -> None:
    assert in_order(typed) == ordered


@given(_spans)
def test_pages_in_order_are_the_same_pages_each_once(ranges: tuple[PageRange, ...]) -> None:
    ordered = read_pages(in_order(format_pages(ranges)))
    assert ordered == tuple(
        sorted(set(ranges), key=lambda page_range: (page_range.first, page_range.last))
    )


# Spans


@pytest.mark.parametrize(
    ("one", "other", "contains", "overlaps"),
    [
        (PageRange(1, 9), PageRange(3, 4), True, True),
        (PageRange(1, 9), PageRange(1, 9), True, True),
        (PageRange(1, 9), PageRange(9, 9), True, True),
        (PageRange(1, 9), PageRange(9, 10), False, True),
        (PageRange(3, 4), PageRange(1, 9), False, True),
        (PageRange(1, 9), PageRange(10, 11), False, False),
        (PageRange(10, 11), PageRange(1, 9), False, False),
        (PageRange(1, 9), PageRange(5, 4), False, False),
    ],
)
def test_holds_and_meets(one: PageRange, other: PageRange, contains: bool, overlaps: bool) -> None:
    assert one.contains(other) is contains
    # A span that runs backwards has no page to share.
    if not other.is_backwards:
        assert one.overlaps(other) is other.overlaps(one) is overlaps


# What is wrong


@each_row(
    ("typed", "document", "wrong"),
    [
        ("", "1-127", ""),
        ("22", "1-127", ""),
        ("1, 127", "1-127", ""),
        ("1-127", "1–127", ""),
        ("128", "1-127", "128 is not in the document (1-127)"),
        ("0", "1-127", "0 is not in the document (1-127)"),
        ("22, 120-130, 140", "1-127", "120-130 is not in the document (1-127)"),
        ("47-46", "1-127", "47-46 runs backwards"),
        ("47-46", "", "47-46 runs backwards"),
        ("22, 47-46", "", "47-46 runs backwards"),
        ("99999", "", ""),
        ("99999", "unknown", ""),
        ("Summary", "1-127", ""),
        ("7", "5", "7 is not in the document (5)"),
        # A document may have its pages in several places.
        ("5, 25", "1-10, 20-30", ""),
        ("15", "1-10, 20-30", "15 is not in the document (1-10, 20-30)"),
    ],
)
def test_fault(typed: str, document: str, wrong: str) -> None:
    assert fault(typed, document) == wrong


@given(_spans, _spans)
def test_a_fault_names_a_span_of_the_text(
    ranges: tuple[PageRange, ...], document: tuple[PageRange, ...]
) -> None:
    wrong = fault(format_pages(ranges), format_pages(document))
    assert not wrong or wrong.split()[0] in map(str, ranges)
    if any(page_range.is_backwards for page_range in ranges):
        assert wrong

"""Days in every form that letters use, and numbers that are none."""

from datetime import date

from hypothesis import given, strategies as st

from imr_tui.reading.dates.dates import dates, long_date
from tests.rows import each_row
from tests.strategies import raw_texts

DAY = date(2016, 10, 18)

FOUND = [
    ("sustained an injury on 10-18-2016.", "10-18-2016"),
    ("an occupational claim from 10/18/2016, by lifting", "10/18/2016"),
    ("an occupational claim from 10/18/ 2016.", "10/18/ 2016"),
    ("an occupational claim from 10/ 18/2016.", "10/ 18/2016"),
    ("seen on 10- 18-2016 for the knee", "10- 18-2016"),
    ("an industrial injury on 10-18-16.", "10-18-16"),
    ("the progress note of 10/18/16, page 2", "10/18/16"),
    ("seen on (10-18-16) for the knee", "10-18-16"),
    ("Retrospective E-stim (DOS 10/18/16)", "10/18/16"),
    ("DOI: 10/18/2016", "10/18/2016"),
    ("DOI:10/18/2016", "10/18/2016"),
    ('the note "10/18/2016" is not signed', "10/18/2016"),
    ("10/18/2016: seen for the knee", "10/18/2016"),
    ("seen 10/18/2016; better", "10/18/2016"),
    ("dated 10.18.2016 and signed", "10.18.2016"),
    ("dated 10.18.16 and signed", "10.18.16"),
    ("printed 2016-10-18 by the office", "2016-10-18"),
    ("On October 18, 2016, the applicant", "October 18, 2016"),
    ("On October 18 2016 the applicant", "October 18 2016"),
    ("On October 18,2016 the applicant", "October 18,2016"),
    ("On October 18 , 2016 the applicant", "October 18 , 2016"),
    ("on October 18th, 2016 he fell", "October 18th, 2016"),
    ("on October 18th 2016 he fell", "October 18th 2016"),
    ("on OCTOBER 18, 2016 he fell", "OCTOBER 18, 2016"),
    ("on october 18, 2016 he fell", "october 18, 2016"),
    ("on Oct. 18, 2016 he fell", "Oct. 18, 2016"),
    ("on Oct 18, 2016 he fell", "Oct 18, 2016"),
    ("on Tuesday, October 18, 2016, he fell", "October 18, 2016"),
    ("on 18 October 2016 he fell", "18 October 2016"),
    ("on the 18th of October, 2016 he fell", "18th of October, 2016"),
    ("on the 18th of October 2016 he fell", "18th of October 2016"),
    ("the guideline (October 18, 2016) is in force", "October 18, 2016"),
    ("the report dated  \n10-18-16 is brief", "10-18-16"),
    ("the report dated 10-\n18-16 is brief", "10-\n18-16"),
    ("the report dated 10-18-\n16 is brief", "10-18-\n16"),
    ("the report dated 10/18/\n2016 is brief", "10/18/\n2016"),
    ("the report dated October\n18, 2016 is brief", "October\n18, 2016"),
    ("the report dated October 18,\n2016 is brief", "October 18,\n2016"),
]
OTHER_DAYS = [
    ("seen 1/2/2016", date(2016, 1, 2)),
    ("seen 01/02/2016", date(2016, 1, 2)),
    ("seen 1-2-16", date(2016, 1, 2)),
    ("seen 02/29/2016", date(2016, 2, 29)),
    ("seen February 29, 2016", date(2016, 2, 29)),
    ("seen December 09, 2016", date(2016, 12, 9)),
    ("seen Sept. 9, 2016", date(2016, 9, 9)),
    ("seen Sep 9, 2016", date(2016, 9, 9)),
    ("seen September 9th, 2016", date(2016, 9, 9)),
    ("seen June 1st, 2016", date(2016, 6, 1)),
    ("seen Aug. 2nd, 2016", date(2016, 8, 2)),
    ("seen the 3rd of July, 2016", date(2016, 7, 3)),
    ("seen May 5, 2016", date(2016, 5, 5)),
    ("a graft of 3/4/98", date(1998, 3, 4)),
    ("denied on December 9, 3026", date(3026, 12, 9)),
    *((f"on {date(2015, at, 7):%b}. 7, 2015", date(2015, at, 7)) for at in range(1, 13)),
    *((f"on {date(2015, at, 7):%B} 7, 2015", date(2015, at, 7)) for at in range(1, 13)),
]
SEVERAL = [
    ("Findings (12-19-16 and 12-29-16)", ["12-19-16", "12-29-16"]),
    ("10/18/2016-11/18/2016", ["10/18/2016", "11/18/2016"]),
    ("10/18/2016 - 11/18/2016", ["10/18/2016", "11/18/2016"]),
    ("10/18/2016\u201311/18/2016", ["10/18/2016", "11/18/2016"]),
    ("10/18/16-11/18/16", ["10/18/16", "11/18/16"]),
    ("10-18-16 to 11-18-16", ["10-18-16", "11-18-16"]),
    ("10-18-16, 10-25-16, and 11-1-16", ["10-18-16", "10-25-16", "11-1-16"]),
    ("October 18, 2016, November 8, 2016", ["October 18, 2016", "November 8, 2016"]),
    ("October 18, 2016 through 11/8/16", ["October 18, 2016", "11/8/16"]),
    ("10/18/2016, 13/18/2016, 11/18/2016", ["10/18/2016", "11/18/2016"]),
]
NONE = [
    "",
    "Norco 5/325mg and 10/325 mg",
    "Norco 7.5-325, one every 6 hours",
    "a blood pressure of 120/80",
    "strength of 4/5 and 5-/5",
    "pain of 6-8/10, before 8-9/10",
    "a bulge at L4-5 and C5-6-7",
    "flexion 60/90, extension 10/30",
    "8 CCR 9792.24.2 and 9792.20.1",
    "pages 22, 46-47, 96-99",
    "case CM16-0213037",
    "call (415) 555-0100",
    "the number 123-45-6789",
    "13/13/2016 and 2/30/2016",
    "31/12/2016",
    "00/10/2016 and 10/00/2016",
    "February 29, 2015 and April 31, 2016",
    "in October 2016 and in October of 2016",
    "on October 18 and on 10/18",
    "since 10/2016 and since 2016",
    "6-12 visits over 8 weeks",
    "2 x 3 x 4 cm",
    "ratios of 1.5-2.5-3.5",
    "it may 5 times be done in 2016",
    "the 18th of the month",
    "10/18/20167",
    "1/2 of 2016",
    "from October 12-18, 2016",
    "$10.18.2",
]


@each_row(("text", "words"), FOUND)
def test_a_day_is_found_in_its_words(text: str, words: str) -> None:
    (found,) = dates(text)
    assert found.day == DAY
    assert text[slice(*found.span)] == words


@each_row(("text", "day"), OTHER_DAYS)
def test_the_day_that_is_meant(text: str, day: date) -> None:
    assert [each.day for each in dates(text)] == [day]


@each_row(("text", "words"), SEVERAL)
def test_several_days_are_found_in_their_order(text: str, words: list[str]) -> None:
    assert [text[slice(*each.span)] for each in dates(text)] == words


@each_row("text", NONE)
def test_other_numbers_are_no_day(text: str) -> None:
    assert dates(text) == ()


@given(raw_texts, st.dates(min_value=date(1000, 1, 1)))
def test_a_spoken_day_reads_back_wherever_it_stands(text: str, day: date) -> None:
    whole = f"{text} | {long_date(day)} | {text}"
    assert [each.day for each in dates(whole)] == [
        *(each.day for each in dates(text)),
        day,
        *(each.day for each in dates(text)),
    ]


@given(
    st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)),
    st.sampled_from(
        [
            "{0.month}/{0.day}/{0.year}",
            "{0.month}-{0.day}-{0.year}",
            "{0.month}.{0.day}.{0.year}",
            "{0:%m}/{0:%d}/{0:%y}",
            "{0.month}-{0.day}-{0:%y}",
            "{0.month}/{0.day}/ {0.year}",
            "{0.month}-\n{0.day}-{0:%y}",
            "{0.month}-{0.day}-\n{0.year}",
            "{0:%B} {0.day}, {0.year}",
            "{0:%b}. {0.day}, {0.year}",
            "{0.day} {0:%B} {0.year}",
            "{0:%Y-%m-%d}",
        ]
    ),
)
def test_any_day_reads_back_from_any_form(day: date, form: str) -> None:
    words = form.format(day)
    (found,) = dates(f"Seen on {words}.")
    assert found.day == day
    assert found.span == (8, 8 + len(words))

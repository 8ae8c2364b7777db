"""Times, trends and angles are read from sentences, in a time that grows with the text only."""

from collections.abc import Callable
from time import thread_time

import pytest
from hypothesis import given, strategies as st

from imr_tui.reading.body.motion import impossible_angles
from imr_tui.reading.dates.spans_of_time import impossible_rates, spans_of_time
from imr_tui.reading.findings.outcomes import completions
from imr_tui.reading.findings.trends import trends
from tests.forgetting import forget

READERS: tuple[Callable[[str], object], ...] = (
    *(spans_of_time, impossible_rates, trends, impossible_angles, completions),
)
WORDS = (
    *("six", "weeks", "a week", "every", "hours", "tablet", "took", "less", "ibuprofen", "knee"),
    *(
        "flexion",
        "to",
        "240 degrees",
        "PHQ-9 score",
        "fell",
        "therapy",
        "not",
        "completed",
        ".",
        ",",
    ),
)
SHORT, LONG = 4_000, 16_000
"""Characters; a reader that is linear takes four times as long for the one as for the other."""
TIMES = 10
"""How many times as long it may take; a quadratic one takes 16 times as long."""
SOME = 0.02
"""Seconds under which a measurement says nothing."""


def test_times_have_a_number_a_unit_and_words_around() -> None:
    (time,) = spans_of_time("The sleep diary covers six months.")
    assert (time.value, time.unit) == (6, "month")
    assert sorted(time.about) == ["covers", "diary", "sleep"]


def test_ages_and_ranges_are_no_times() -> None:
    assert spans_of_time("A 44 year old man had two to six weeks of rest.") == ()


def test_a_rate_is_another_unit() -> None:
    assert [each.unit for each in spans_of_time("It came five times a week.")] == ["a week"]


def test_a_trend_has_a_direction() -> None:
    found = trends("The lifting limit was raised. She took less ibuprofen.")
    assert [(each.subject, each.rises) for each in found] == [
        ("lifting limit", True),
        ("ibuprofen", False),
    ]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_offsets_lie_in_the_text(text: str) -> None:
    spans = [each.span for each in spans_of_time(text)]
    spans += [each.span for each in trends(text)]
    spans += [each.span for each in completions(text)]
    for start, end in (*spans, *impossible_rates(text), *impossible_angles(text)):
        assert 0 <= start < end <= len(text)


@pytest.mark.slow
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
        lambda words: f"{' '.join(words)} "
    )
)
def test_four_times_the_text_takes_no_more_than_its_share(pattern: str) -> None:
    for read in READERS:
        taken = fastest(read, pattern, LONG)
        assert taken <= max(SOME, TIMES * fastest(read, pattern, SHORT)), read


def fastest(read: Callable[[str], object], pattern: str, length: int) -> float:
    """The shortest of three times that a reader takes for a repeated pattern."""
    text = (pattern * (length // len(pattern) + 1))[:length]
    return min(timed(read, text) for _ in range(3))


def timed(read: Callable[[str], object], text: str) -> float:
    forget()
    # Of the processor, which others may want at the same time.
    start = thread_time()
    read(text)
    return thread_time() - start

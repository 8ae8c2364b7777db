"""Phrases: their text, their names, and the blanks that they leave."""

import re
from datetime import date

import pytest
from hypothesis import given, strategies as st

from imr_tui.model import edits
from imr_tui.phrases.blanks import Abbreviation, Blank, abbreviation, blanks, next_blank
from imr_tui.phrases.case_values import case_values
from imr_tui.phrases.from_text import proposed_name, without_facts
from imr_tui.phrases.phrase import MAX_INCLUDES, MAX_LENGTH, Phrase, Phrases
from imr_tui.phrases.template import CaseValue, Include, Words, parse
from imr_tui.store.config.phrase_files import shipped_phrases
from tests.builders import a_case, an_item
from tests.phrases.sentences import sentences

NAMES = st.from_regex(r"[a-z][a-z0-9-]{1,31}", fullmatch=True)


# ── The text of a phrase ─────────────────────────────────────────────────────────────────────


def test_the_parts_of_a_text() -> None:
    parts = parse("A {age} year old {man|woman} with ***. {.taper}")
    assert parts == (
        Words("A "),
        CaseValue("age"),
        Words(" year old {man|woman} with ***. "),
        Include("taper"),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("an {open", 'has a "{" without its counterpart'),
        ("a closed}", 'has a "}" without its counterpart'),
        ("{name}", 'has "{name}", which is not {request}'),
        ("{.Taper}", 'has "{.Taper}", which is not'),
        ("{}", 'has "{}"'),
        ("{a|\nb}", "has a choice of several lines"),
    ],
)
def test_other_braces_are_refused(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="has") as error:
        parse(text)
    assert says in str(error.value)


@given(st.text(st.characters(exclude_characters="{}")))
def test_a_text_without_braces_is_inserted_as_it_is(text: str) -> None:
    phrase = Phrase("plain", text)
    assert Phrases([phrase]).expand(phrase, {}) == text


# ── Values and other phrases ─────────────────────────────────────────────────────────────────


def test_values_of_the_case_are_filled_in_and_missing_ones_are_blanks() -> None:
    phrase = Phrase("all", "{request}, {age}, {injury-date}, {ur-date}, {decision}")
    case = edits.set_summary(a_case(items=(an_item(),)), "The worker is a 44 year old man.")
    case = edits.set_date(case, "ur_decision_date", date(2016, 12, 12))
    item = case.items[0]
    assert Phrases([phrase]).expand(phrase, case_values(case, 0)) == (
        f"{item.request}, 44, ***, December 12, 2016, {item.decision}"
    )
    assert Phrases([phrase]).expand(phrase, case_values(a_case(), None)) == (
        "***, ***, ***, ***, ***"
    )


def test_dates_are_written_in_full_and_two_ages_are_none() -> None:
    case = edits.set_summary(a_case(), "A 44 year old woman, then a 46 year old man.")
    case = edits.set_date(case, "date_of_injury", date(2016, 10, 4))
    values = case_values(case, None)
    assert values["injury-date"] == "October 4, 2016"
    assert values["age"] == ""
    assert values["request"] == ""


def test_a_phrase_includes_others_three_levels_deep() -> None:
    chain = [Phrase(f"p{n}", f"{n} {{.p{n + 1}}}") for n in range(3)]
    phrases = Phrases([*chain, Phrase("p3", "end")])
    assert phrases.expand(chain[0], {}) == "0 1 2 end"
    deeper = Phrase("top", "{.p0}")
    assert "more than 3 levels" in Phrases([*phrases, deeper]).fault(deeper)


def test_a_phrase_that_includes_itself_or_nothing_is_refused() -> None:
    one, two = Phrase("one", "{.two}"), Phrase("two", "{.one}")
    assert Phrases([one, two]).fault(one) == "includes itself, through .two"
    assert Phrases([one]).fault(one) == "includes .two, and there is no such phrase"
    with pytest.raises(ValueError, match="no such phrase"):
        Phrases([one]).expand(one, {})


def test_a_phrase_cannot_grow_without_limit() -> None:
    many = Phrase("many", "{.leaf}" * (MAX_INCLUDES + 1))
    long = Phrase("long", "{.leaf}{.leaf}")
    phrases = Phrases([many, long, Phrase("leaf", "x" * (MAX_LENGTH - 1))])
    assert "more than" in phrases.fault(many)
    with pytest.raises(ValueError, match="longer than"):
        phrases.expand(long, {})


def test_phrases_made_of_many_others_are_looked_through_once() -> None:
    levels = [
        [Phrase(f"{level}{at}", f"{{.{'bcd'[i]}0}}" * MAX_INCLUDES) for at in range(9)]
        for i, level in enumerate("abc")
    ]
    phrases = Phrases([*(each for level in levels for each in level), Phrase("d0", "x")])
    for phrase in phrases:
        assert phrases.fault(phrase) == ""
    assert len(phrases.expand(levels[0][0], {})) == MAX_INCLUDES**3


def test_a_text_of_many_bars_is_searched_once() -> None:
    assert blanks("{" + "|" * 200_000) == ()


def test_a_later_phrase_replaces_an_earlier_one_and_fields_limit_it() -> None:
    phrases = Phrases([Phrase("opening", "old"), Phrase("opening", "new", ("summary",))])
    found = phrases.get("opening", "summary")
    assert found is not None
    assert found.text == "new"
    assert phrases.get("opening", "rationale") is None
    assert phrases.nearest("opning", "summary") == ["opening"]
    assert phrases.nearest("opning", "rationale") == []
    assert phrases.nearest("op", "summary") == ["opening"]


def test_the_search_finds_words_in_name_purpose_and_text() -> None:
    phrases = Phrases(
        [Phrase("alpha", "about opioids"), Phrase("opioid", "none"), Phrase("other", "none")]
    )
    assert [each.name for each in phrases.search("opioid", "note")] == ["opioid", "alpha"]
    assert [each.name for each in phrases.search("", "note")] == ["alpha", "opioid", "other"]


def test_everyshipped_phrases_phrase_can_be_expanded() -> None:
    phrases = Phrases(shipped_phrases())
    assert len(list(phrases)) >= 10
    for phrase in phrases:
        assert phrases.fault(phrase) == ""
        assert phrase.about
        assert phrases.expand(phrase, {})


# ── Names in a text ──────────────────────────────────────────────────────────────────────────


@given(NAMES, st.sampled_from(["", "Some words. ", "line\n", "\t"]))
def test_a_name_after_white_space_is_found_before_the_cursor(name: str, before: str) -> None:
    text = f"{before}.{name}"
    found = Abbreviation(name, (len(before), len(text)))
    assert abbreviation(f"{text} and more", len(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        *("q.d.", "e.g.", "L4-5.", ".5 mg", "0.5", "the end.", "b.i.d", "at 3.p", "...", "x.y"),
        *("(.name", ".Name", ".n", ". name", ".a" + "b" * 40, "word .name "),
    ],
)
def test_other_periods_are_no_names(text: str) -> None:
    found = abbreviation(text, len(text))
    assert found is None or found.name == ""


@given(st.text(st.sampled_from("ab.-5 \n"), max_size=60))
def test_what_is_found_is_a_period_after_white_space(text: str) -> None:
    found = abbreviation(text, len(text))
    if found is not None:
        start, end = found.span
        assert (text[start], end) == (".", len(text))
        assert start == 0 or text[start - 1].isspace()
        assert found.name == text[start + 1 :]


@pytest.mark.slow
def test_no_word_of_ten_thousand_sentences_ends_a_name() -> None:
    expanded = [
        sentence[:at]
        for sentence in sentences(10_000)
        for at in (*(match.end() for match in re.finditer(r"\S+", sentence)), len(sentence))
        if (found := abbreviation(sentence, at)) is not None and found.name
    ]
    assert expanded == []


# ── Blanks ───────────────────────────────────────────────────────────────────────────────────


def test_blanks_and_choices_in_order() -> None:
    assert blanks("a *** b {x|y} **** {z}") == (Blank((2, 5)), Blank((8, 13), ("x", "y")))


def test_the_next_blank_goes_round() -> None:
    text = "*** and *** and {a|b}"
    spans = [each.span for each in blanks(text)]
    assert next_blank(text, (0, 0), 1) == Blank(spans[0])
    assert next_blank(text, spans[0], 1) == Blank(spans[1])
    assert next_blank(text, spans[2], 1) == Blank(spans[0])
    assert next_blank(text, spans[0], -1) == Blank(spans[2], ("a", "b"))
    assert next_blank(text, spans[1], -1) == Blank(spans[0])
    assert next_blank("no blank", (0, 0), 1) is None


# ── A text that becomes a phrase ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The 44-year-old man of 10/14/2016.", "The ***-year-old man of ***."),
        ("On March 3, 2016 she had twelve sessions.", "On *** she had *** sessions."),
        ("2 times a week for 6 weeks at L4-5", "*** times a week for *** weeks at L4-5"),
        ("Norco 10/325 mg #60 with 2 refills", "Norco *** mg *** with *** refills"),
        ("pain 7-8/10, 50% better, one reason", "pain ***, *** better, one reason"),
        ("a {brace}", "a (brace)"),
        # Dates
        ("in October 2014, or March 3rd", "in ***, or ***"),
        ("5 Nov 2014, Nov. 5, 2014 and 2014-11-05", "***, *** and ***"),
        ("the 18th of March", "the ***"),
        ("January through March 2015", "*** through ***"),
        ("10/14/2014-11/14/2014; since 2014", "***-***; since ***"),
        ("may march on", "may march on"),
        # Ages
        ("a forty-four year old man", "a *** year old man"),
        ("57yo, in her mid-40s or fifties", "***yo, in her mid-*** or ***"),
        # Amounts
        ("10mg or .5 mg or 10/325mg", "***mg or *** mg or ***mg"),
        ("\u00bd tablet, 1\u00bd tablets, 2x6 visits", "*** tablet, *** tablets, ***x*** visits"),
        ("twice daily, q8h, x6, a dozen", "*** daily, q***h, x***, a ***"),
        ("two hundred dollars, $1500.50", "*** dollars, $***"),
        # What is true of other cases, too
        ("C5-6, L5-S1, T12, B12 and COVID-19", "C5-6, L5-S1, T12, B12 and COVID-19"),
        ("8 CCR 9792.24.2", "8 CCR 9792.24.2"),
        ("Labor Code 4610.5", "Labor Code 4610.5"),
        ("one of these, no one, the second surgery", "one of these, no one, the second surgery"),
    ],
)
def test_dates_ages_and_amounts_become_blanks(text: str, phrase: str) -> None:
    assert without_facts(text) == phrase


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_a_phrase_made_of_any_text_has_no_fault(text: str) -> None:
    made = Phrase("made", without_facts(text))
    assert Phrases([made]).fault(made) == ""


def test_the_proposed_name_is_made_of_the_first_words() -> None:
    assert proposed_name("The request for *** is not necessary.") == "the-request-for-is"
    assert proposed_name("*** 12") == ""

"""Text: cleaning, the way to ASCII, wrapping; and what is typed into a field, read."""

import calendar
import textwrap
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, strategies as st

from imr_tui.text.layout import LETTER_WIDTH, count_words, one_line, paragraphs, wrap
from imr_tui.text.sanitize import clean, clean_line, find_code_point
from imr_tui.text.transliteration import (
    TRANSLITERATION,
    UnprintableError,
    name_character,
    to_ascii,
    unprintable,
)
from imr_tui.text.user_input import read_date, read_list
from tests.rows import each_row
from tests.strategies import printable, raw_texts

MARK = "[U+{:04X}]"

# Cleaning

CLEANED = [
    ("", ""),
    ("plain text, tab\tand\nline", "plain text, tab\tand\nline"),
    ("é ½ µ 漢 😀", "é ½ µ 漢 😀"),
    ("a\r\nb", "a\nb"),
    ("a\rb", "a\nb"),
    ("a\r\r\nb", "a\n\nb"),
    ("a\n\rb", "a\n\nb"),
    ("a\vb", "a\nb"),
    ("a\u2028b\u2029c", "a\nb\nc"),
    ("\x1b[31m", "<U+001B>[31m"),
    ("a\fb", "a\nb"),
    ("a\x0c\r\nb", "a\n\nb"),
    ("\x00", "<U+0000>"),
    ("\x07", "<U+0007>"),
    ("\x1c\x1d\x1f", "<U+001C><U+001D><U+001F>"),
    ("\x1bc", "<U+001B>c"),
    ("\x7f", "<U+007F>"),
    ("non\x1esteroidal, 3\x1e4 visits", "non-steroidal, 3-4 visits"),
    ("\uf0b7 one\n\uf0a7\ttwo \uf0e0 three", "• one\n•\ttwo → three"),
    # Codes that the Symbol and the Wingdings font show as different characters
    ("\uf0b3\uf0d8\uf0fc\uf0df", "<U+F0B3><U+F0D8><U+F0FC><U+F0DF>"),
    ("Me\u0301nie\u0300re, Nu\u0303n\u0303ez", "Ménière, Nũñez"),
    ("1½ ﬁ ² \u2126", "1½ ﬁ ² \u03a9"),
    ("e\u200b\u0301", "e<U+200B>\u0301"),
    ("\x85", "<U+0085>"),
    ("\x9b31m", "<U+009B>31m"),
    ("\xad", "<U+00AD>"),
    ("\u200b", "<U+200B>"),
    ("\u202e", "<U+202E>"),
    ("\u2066a\u2069", "<U+2066>a<U+2069>"),
    ("\ufeff", "<U+FEFF>"),
    ("\ufe0f", "<U+FE0F>"),
    ("\ue000", "<U+E000>"),
    ("\U000e0041", "<U+E0041>"),
    ("\U0010fffd", "<U+10FFFD>"),
    ("\ud800", "<U+D800>"),
]


@each_row(("text", "kept"), CLEANED)
def test_clean(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_clean_line_has_one_line() -> None:
    assert clean_line("a\r\nb\tc\vd\u2028e\x1bf") == "a b c d e<U+001B>f"


@given(raw_texts | st.text(st.characters()))
def test_clean_twice_is_clean_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(raw_texts | st.text(st.characters()))
def test_clean_composes_and_else_takes_each_character_for_itself(text: str) -> None:
    each = "".join(map(clean, text.replace("\r\n", "\n")))
    assert clean(text) == unicodedata.normalize("NFC", each)


@given(st.characters())
def test_clean_drops_nothing(char: str) -> None:
    assert clean(f"|{char}|")[1:-1]
    assert clean(f"{char}{char}") == clean(char) * 2


def test_every_control_character_is_a_line_end_a_hyphen_or_its_code_point() -> None:
    for code in (*range(0x20), 0x7F):
        kept = clean(f"a{chr(code)}b")
        known = {0x09: "a\tb", 0x1E: "a-b"} | dict.fromkeys((0x0A, 0x0B, 0x0C, 0x0D), "a\nb")
        assert kept == known.get(code, f"a<U+{code:04X}>b")
        assert (find_code_point(kept) is None) is (code in known)


@pytest.mark.slow
def test_every_composed_character_comes_of_its_parts() -> None:
    for code in range(0x110000):
        char = chr(code)
        parts = unicodedata.normalize("NFD", char)
        if clean(char) == char != parts:
            assert clean(f"x{parts}x") == f"x{char}x"


def test_a_flood_of_marks_is_cleaned_at_once() -> None:
    flood = "a" + "\u0301\u0323" * 200_000
    start = time.thread_time()
    kept = clean(flood)
    assert time.thread_time() - start < 2
    assert kept == flood == clean(kept)


@given(raw_texts | st.text(st.characters()))
def test_clean_text_can_be_stored_and_shown(text: str) -> None:
    kept = clean(text)
    assert kept.encode().decode() == kept
    assert not {char for char in kept if ord(char) < 32} - {"\n", "\t"}


# To ASCII

ASCII = [
    ("plain ASCII: ~ ! 100% [/kg] {{ x }}", "plain ASCII: ~ ! 100% [/kg] {{ x }}"),
    ("line\nand\ttab", "line\nand\ttab"),
    ("1½ tablets", "1 1/2 tablets"),
    ("½ tablet", "1/2 tablet"),
    ("1 ½ tablets", "1 1/2 tablets"),
    ("2¼ mg", "2 1/4 mg"),
    ("10¾", "10 3/4"),
    ("3⅓", "3 1/3"),
    ("⅔", "2/3"),
    ("1⅛ 1⅜ 1⅝ 1⅞", "1 1/8 1 3/8 1 5/8 1 7/8"),
    ("1⁄2", "1/2"),
    ("5 \u00b5g", "5 mcg"),
    ("5 \u03bcg", "5 mcg"),
    ("250µg", "250mcg"),
    ("µg/mL", "mcg/mL"),
    ("μ-opioid receptor agonist", "mu-opioid receptor agonist"),
    ("≥ 4", ">= 4"),
    ("≤4", "<=4"),
    ("≠ 4", "!= 4"),
    ("≈4", "~4"),
    ("±2 cm", "+/-2 cm"),
    ("10 × 15", "10 x 15"),
    ("6 ÷ 2", "6 / 2"),
    ("−5", "-5"),
    ("10²", "10^2"),
    ("m³", "m^3"),
    ("10⁹/L", "10^9/L"),
    ("10¹²/L", "10^12/L"),
    ("H₂O", "H2O"),
    ("98.6°F", "98.6 degrees F"),
    ("37°C", "37 degrees C"),
    ("98.6ºF", "98.6 degrees F"),
    ("90° of flexion", "90 degrees of flexion"),
    ("38℃", "38 degrees C"),
    ("100℉", "100 degrees F"),
    ("5‰", "5 per mille"),
    ("α-lipoic", "alpha-lipoic"),
    ("β-blocker", "beta-blocker"),
    ("Δ9", "Delta9"),
    ("5 \u2126, 5 \u03a9", "5 Ohm, 5 Ohm"),
    ("\u2018it\u2019s\u2019", "'it's'"),
    ("\u201cquoted\u201d", '"quoted"'),
    ("\u201elow\u201f", '"low"'),
    ("«guillemets» ‹single›", "\"guillemets\" 'single'"),
    ("5\u20326\u2033", "5'6\""),
    ("´", "'"),
    ("C4\u2013C5", "C4-C5"),
    ("pain \u2014 severe", "pain - severe"),
    ("non\u2011steroidal", "non-steroidal"),
    ("\u2010\u2012\u2015", "---"),
    ("and so on…", "and so on..."),
    ("5\u00a0mg", "5 mg"),
    ("5\u2009mg\u202fdaily\u3000", "5 mg daily "),
    ("• item", "- item"),
    ("\uf0b7 item", "- item"),
    ("\uf0a7 item", "- item"),
    ("a \uf0e0 b", "a -> b"),
    ("▪ item ● item ■ item · item", "- item - item - item - item"),
    ("a → b ← c", "a -> b <- c"),
    ("§9792", "Section 9792"),
    ("¶3", "Paragraph 3"),
    ("Flexeril®", "Flexeril(R)"),
    ("Botox™", "Botox(TM)"),
    ("© 2015", "(C) 2015"),
    ("№5", "No. 5"),
    ("£5 €5 5¢", "GBP 5 EUR 5 5 cents"),
    ("† ‡", "(+) (++)"),
    ("☐ ☑ ☒ ✓", "[ ] [x] [x] [x]"),
    ("ﬁrst ﬂow stiﬀ oﬃce baﬄe", "first flow stiff office baffle"),
    ("José Núñez", "Jose Nunez"),
    ("Müller Åse Łukasz Đorđe", "Muller Ase Lukasz Dorde"),
    ("Sjögren", "Sjogren"),
    ("Guillain–Barré", "Guillain-Barre"),
    ("Ménière", "Meniere"),
    ("Weiß Ægir Œuvre Øre Þór", "Weiss AEgir OEuvre Ore Thor"),
    ("Dvořák Čapek Şahin İnce ığ", "Dvorak Capek Sahin Ince ig"),
    ("naïve façade", "naive facade"),
]


@each_row(("text", "plain"), ASCII)
def test_to_ascii(text: str, plain: str) -> None:
    assert to_ascii(text) == plain


@each_row("digit", "0123456789")
@each_row("fraction", "½¼¾⅓⅔⅛⅜⅝⅞")
def test_a_fraction_never_joins_the_number_before_it(digit: str, fraction: str) -> None:
    assert to_ascii(f"{digit}{fraction}") == f"{digit} {TRANSLITERATION[fraction]}"


@pytest.mark.parametrize(
    ("text", "char", "line", "column"),
    [
        ("漢", "漢", 1, 1),
        ("ab漢字", "漢", 1, 3),
        ("one\ntwo 😀", "😀", 2, 5),
        ("é\n\n½\tЖ", "Ж", 3, 3),
        ("a\x1b", "\x1b", 1, 2),
        ("a\rb", "\r", 1, 2),
        ("cafe\u0301", "\u0301", 1, 5),
        ("１２", "１", 1, 1),
    ],
)
def test_unknown_characters_are_refused(text: str, char: str, line: int, column: int) -> None:
    with pytest.raises(UnprintableError) as caught:
        to_ascii(text)
    assert (caught.value.char, caught.value.line, caught.value.column) == (char, line, column)
    assert str(caught.value) == f"line {line}, column {column}: {name_character(char)}"


def test_unknown_characters_are_marked_where_a_mark_is_given() -> None:
    assert to_ascii("5 漢, ½ 😀", MARK) == "5 [U+6F22], 1/2 [U+1F600]"


def test_unprintable_are_offsets() -> None:
    assert list(unprintable("a漢½\x1b\n字")) == [1, 3, 5]
    assert list(unprintable("a\x1b")) == [1]
    assert list(unprintable("plain\n\t~")) == []


@each_row("char", TRANSLITERATION)
def test_every_row_of_the_table_is_printable(char: str) -> None:
    plain = TRANSLITERATION[char]
    assert len(char) == 1
    assert not char.isascii()
    assert plain
    assert plain.isascii()
    assert plain.isprintable()
    assert TRANSLITERATION[clean(char)] == plain


@given(printable | st.text(st.characters()))
def test_ascii_is_printable_and_stays_so(text: str) -> None:
    plain = to_ascii(text, MARK)
    assert all(char in "\n\t" or " " <= char <= "~" for char in plain)
    assert to_ascii(plain) == plain


def essence(plain: str) -> str:
    """`plain` without what depends on the neighbours of a character."""
    return plain.replace(" ", "").replace("^", "").replace("mc", "mu")


@given(printable | st.text(st.characters()))
def test_every_character_is_accounted_for(text: str) -> None:
    for char in text:
        assert to_ascii(char, MARK)
    apart = "".join(to_ascii(char, MARK) for char in text)
    assert essence(to_ascii(text, MARK)) == essence(apart)
    assert to_ascii(text, MARK).count("\n") == text.count("\n")


@given(st.text(st.characters()))
def test_refused_is_exactly_what_is_unprintable(text: str) -> None:
    at = next(unprintable(text), None)
    if at is None:
        assert to_ascii(text).isascii()
        return
    with pytest.raises(UnprintableError) as caught:
        to_ascii(text)
    assert caught.value.char == text[at]


# Lines


def test_wrap_breaks_at_spaces_and_nowhere_else() -> None:
    text = "a-b " * 40 + "x" * 100 + " end\n\nshort  line  \n"
    lines = wrap(text, 20).split("\n")
    assert lines[0] == "a-b a-b a-b a-b a-b"
    assert "x" * 100 in lines
    assert lines[-3:] == ["", "short  line", ""]


def test_wrap_never_breaks_at_a_hyphen() -> None:
    assert wrap("aaaa well-known-word", 16) == "aaaa\nwell-known-word"


def test_wrap_leaves_a_line_of_the_exact_width() -> None:
    exact = "a" * 10 + " " + "b" * 9
    assert wrap(exact, 20) == exact
    assert wrap(f"{exact}b", 20) == "a" * 10 + "\n" + "b" * 10


@given(st.text(" \t\x1cab-"), st.integers(1, 12))
def test_lines_break_where_the_standard_library_breaks_them(line: str, width: int) -> None:
    filled = textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    is_short = len(line.expandtabs()) <= width
    assert wrap(line, width) == (line.rstrip() if is_short else filled)


@given(printable.map(to_ascii), st.integers(5, LETTER_WIDTH))
def test_wrapped_lines_fit_and_keep_every_word(text: str, width: int) -> None:
    wrapped = wrap(text, width)
    assert wrapped.split() == text.split()
    for line in wrapped.split("\n"):
        assert len(line.expandtabs()) <= width or len(line.split()) == 1
        assert line == line.rstrip()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("  a  b \t c ", "a b c"),
        ("a\nb", "a\nb"),
        ("a\n\nb", "a\n\nb"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("\n\n a \n \t \n \n b \n", "a\n\nb"),
    ],
)
def test_paragraphs(text: str, kept: str) -> None:
    assert paragraphs(text) == kept


@given(raw_texts.map(clean))
def test_paragraphs_keep_every_word(text: str) -> None:
    kept = paragraphs(text)
    assert kept.split() == text.split()
    assert "\n\n\n" not in kept
    assert paragraphs(kept) == kept


def test_one_line() -> None:
    assert one_line(" a\n b\t\tc\u00a0 d ") == "a b c d"


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (" \n ", 0), ("one", 1), ("a b\nc\td  e", 5), ("C4-C5 7/10", 2)]
)
def test_count_words(text: str, count: int) -> None:
    assert count_words(text) == count


# What is typed


TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2014-11-05", date(2014, 11, 5)),
        (" 2014-11-05 ", date(2014, 11, 5)),
        ("2014/11/5", date(2014, 11, 5)),
        ("11/5/2014", date(2014, 11, 5)),
        ("2/29/2016", date(2016, 2, 29)),
        ("8/14/25", date(2025, 8, 14)),
        ("10.3.26", date(2026, 10, 3)),
        ("10-3-26", date(2026, 10, 3)),
        ("1/2/36", date(2036, 1, 2)),
        ("1/2/37", date(1937, 1, 2)),
        ("1/2/99", date(1999, 1, 2)),
        ("Oct 3 2026", date(2026, 10, 3)),
        ("oct. 3, 2026", date(2026, 10, 3)),
        ("OCTOBER 3rd, 2026", date(2026, 10, 3)),
        ("Sept 9 26", date(2026, 9, 9)),
        ("3 Oct 2026", date(2026, 10, 3)),
        ("3-May-2026", date(2026, 5, 3)),
        ("t", TODAY),
        ("Today", TODAY),
        ("+30", date(2026, 12, 29)),
        ("- 29", date(2026, 10, 31)),
        ("", None),
        ("  ", None),
    ],
)
def test_read_date(typed: str, day: date | None) -> None:
    assert read_date(typed, TODAY) == day


@given(st.dates(date(1937, 1, 1), date(2036, 12, 31)))
def test_every_form_of_a_date_is_read(day: date) -> None:
    short, name = f"{day.year % 100:02}", calendar.month_name[day.month]
    forms = [day.isoformat(), f"{day.month}/{day.day}/{day.year}", f"{name} {day.day}, {day.year}"]
    forms += [f"{day.month}.{day.day}.{short}", f"{day.day} {name[:3]} {day.year}"]
    assert {read_date(form, TODAY) for form in forms} == {day}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("11/31/2026", "November 2026 has only 30 days"),
        ("2/29/2015", "February 2015 has only 28 days"),
        ("Feb 30 2026", "February 2026 has only 28 days"),
        ("11/0/2026", "November 2026 has only 30 days"),
        ("2014-13-05", "no month 13"),
        ("5/11/0000", "no year 0"),
        ("+99999", "At most 36,500 days"),
    ],
)
def test_read_date_says_what_is_wrong(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_date(typed, TODAY)


@each_row(
    "typed",
    [
        *(
            "20141105",
            "2014-W01-1",
            "11/5",
            "11/5-2014",
            "11/5/014",
            "Octo 3 2026",
            "Smarch 3 2026",
        ),
        *("１１/5/2014", "yesterday", "2014-11-05T00:00", "2014-11-05\n2014-11-06", "+", "tt"),
    ],
)
def test_read_date_refuses(typed: str) -> None:
    with pytest.raises(ValueError, match=r"Not a date\. Try 8/14/25, Oct 3 2026"):
        read_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        ("", ()),
        (" ; ;", ()),
        ("Texas; Florida", ("Texas", "Florida")),
        (
            "Endocrinology, Diabetes and Metabolism;Urology",
            ("Endocrinology, Diabetes and Metabolism", "Urology"),
        ),
    ],
)
def test_read_list(typed: str, entries: tuple[str, ...]) -> None:
    assert read_list(typed) == entries

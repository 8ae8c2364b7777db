"""Snippets of other programs as phrases."""

import json
import random

import pytest
from hypothesis import given, strategies as st

from imr_tui.phrases.phrase import Phrase, Phrases
from imr_tui.phrases.snippets import MAX_SNIPPETS, read_snippets


def test_snippets_of_vs_code() -> None:
    text = """// mine
{
  "Weak grip": {
    "prefix": ["wk", "other"],
    "body": ["Grip ${1:weak} on the ${2|left,right|} side, $3.", "\\\\$5 {x}$0"],
    "description": "When weak"
  }
}"""
    found = read_snippets(text, ".json")
    words = "Grip *** on the {left|right} side, ***.\n$5 (x)"
    assert found.phrases == (Phrase("wk", words, about="When weak"),)
    assert found.remarks == ()


def test_vs_code_files_have_comments_and_commas_behind_the_last_value() -> None:
    text = """/* mine, "all" */ {
  "ab": { // first
    "body": ["http://x, }", "${1:a ${2:b} c} ${1|one\\\\, two,three|} ${1|only|}",],
  },
}
"""
    found = read_snippets(text, ".json")
    words = "http://x, )\n*** {one, two|three} only"
    assert found.phrases == (Phrase("ab", words),)
    assert found.lines == {"ab": 2}


def test_characters_that_cannot_be_stored_are_made_visible() -> None:
    found = read_snippets('{"ab": {"body": "a\\ud800\\u0000\\u2028b"}}', ".json")
    assert found.phrases[0].text == "a<U+D800><U+0000>\nb"


def test_macros_that_are_not_known_are_reported_and_become_blanks() -> None:
    text = json.dumps({"Now!": {"body": "On $CURRENT_DATE and ${TM_X/a/b/} and $CURRENT_DATE."}})
    found = read_snippets(text, ".code-snippets")
    assert found.phrases == (Phrase("now", "On *** and *** and ***."),)
    assert found.remarks == (
        "line 1: 'Now!' is named .now.",
        "line 1: $CURRENT_DATE in .now became ***.",
        "line 1: ${TM_X/a/b/} in .now became ***.",
    )


def test_snippets_of_textexpander() -> None:
    text = (
        '"one","The %fillpopup:name=s:left:default=right% knee, %filltext:name=a%, 50%%",Label\r\n'
        "\r\n"
        '"two","Two\nlines %snippet:one% %|at %clipboard and %Y"\r\n'
    )
    found = read_snippets(text, ".csv")
    assert found.phrases == (
        Phrase("one", "The {left|right} knee, ***, 50%", about="Label"),
        Phrase("two", "Two\nlines {.one} at *** and ***"),
    )
    assert [each.split(": ")[0] for each in found.remarks] == ["line 3", "line 3"]


def test_plain_text_with_names() -> None:
    found = read_snippets(".one\nFirst {a|b}.\n\nMore.\n.two\n{age} years\n", ".txt")
    assert found.phrases == (Phrase("one", "First {a|b}.\n\nMore."), Phrase("two", "{age} years"))


@pytest.mark.parametrize(
    ("text", "suffix", "says"),
    [
        ("", ".txt", "line 1: there is no snippet"),
        ("words\n.one\nx", ".txt", "line 1: a line with a name"),
        (".one\n.two\nx", ".txt", "line 1: the snippet 'one' is empty"),
        (".one\nx\n.one\ny", ".txt", "line 3: .one is there twice"),
        (".one\n#!/bin/sh\nrm", ".txt", "line 1: the snippet 'one' is a script"),
        (".one\n{oops}", ".txt", 'line 1: the snippet one has "{oops}"'),
        ('{\n"a": 1}', ".json", "line 2: 'a' must be an object"),
        ('{\n\n"ab": {"body": 1}}', ".json", "line 3: 'ab' needs a prefix and a body"),
        ('{"ab": {"body": "tell application x"}}', ".json", "line 1: the snippet 'ab' is a script"),
        ('{"ab": {"body":\n"x"', ".json", "line 2: Expecting"),
        ("[1]", ".json", "line 1: it must be an object"),
        ("[" * 100_000, ".json", "line 1: "),
        (
            '{"\u00e9\u00e9": {"body": "x"}}',
            ".json",
            "cannot become the name",
        ),
        ('"one"\n', ".csv", "line 1: a row needs"),
        ('"ok","x"\n"two","%shellscript%"', ".csv", "line 2: the snippet 'two' is a script"),
        ('"ok","x"\n"two","never closed', ".csv", "line 2: "),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(text: str, suffix: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"^line \d+: ") as error:
        read_snippets(text, suffix)
    assert says in str(error.value)


def test_too_many_snippets_are_refused() -> None:
    text = "\n".join(f".name{number}\nx" for number in range(MAX_SNIPPETS + 1))
    with pytest.raises(ValueError, match="more than"):
        read_snippets(text, ".txt")


@given(st.text(max_size=300), st.sampled_from([".json", ".csv", ".txt"]))
def test_any_text_gives_phrases_or_a_line(text: str, suffix: str) -> None:
    try:
        found = read_snippets(text, suffix)
    except ValueError as error:
        assert str(error).startswith("line ")  # noqa: PT017
    else:
        assert found.phrases


def test_a_hundred_broken_files_are_refused_with_a_line_or_read_whole() -> None:
    rng = random.Random(20)
    good = json.dumps({f"n{at}": {"body": f"text ${{1:{at}}}"} for at in range(20)}, indent=1)
    for _ in range(100):
        cut = list(good)
        for _ in range(rng.randint(1, 5)):
            cut[rng.randrange(len(cut))] = rng.choice('{}[]",:\\\n\0')
        try:
            phrases = read_snippets("".join(cut), ".json").phrases
        except ValueError as error:
            assert str(error).startswith("line ")  # noqa: PT017
        else:
            assert all(not Phrases(phrases).fault(each) for each in phrases)

"""TOML: one form out, and faults that name file, line, key and the nearest known key."""

import tomllib
from textwrap import dedent
from typing import Any

import pytest
import tomli_w
from hypothesis import example, given, strategies as st

from imr_tui.errors import BadInput
from imr_tui.model.case import Case
from imr_tui.model.limits import MAX_LINE, MAX_ROWS
from imr_tui.store.toml_files import toml, validation_errors
from imr_tui.store.toml_files.toml_scan import bare
from tests.rows import each_row
from tests.strategies import raw_texts, texts

WHERE = "x.toml"
LONG_LIST = "'x', " * (MAX_ROWS + 1)

QUOTE, BACKSLASH = '"', "\\"
BARE_PARTS = [
    *("a = ", "b = ", "1", "\n", '"', '"""', "'", "'''", "#", "\\", "x", "[t]", " = ", "."),
]


def refused(text: str | bytes) -> str:
    """The sentence with which a case file is refused."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(BadInput) as caught:
        validation_errors.validate(Case, *toml.parse(data, WHERE), WHERE)
    return str(caught.value)


def case_file(text: str) -> str:
    """A case file: schema and number on lines 1 to 3, then `text` from line 4."""
    return f'schema = 1\n[case]\nnumber = "A"\n{dedent(text)}'


# Out


def test_every_table_has_its_header() -> None:
    data: dict[str, Any] = {
        "schema": 1,
        "case": {"number": "A"},
        "items": [{"request": "x", "citations": [{"title": "a"}, {"title": "b"}]}, {"request": ""}],
        "empty": {},
        "list": ["a"],
    }
    assert toml.dumps(data) == dedent(
        """\
        schema = 1
        list = [
            "a",
        ]

        [case]
        number = "A"

        [[items]]
        request = "x"

        [[items.citations]]
        title = "a"

        [[items.citations]]
        title = "b"

        [[items]]
        request = ""

        [empty]
        """
    )


@given(st.dictionaries(st.from_regex("[a-z]{1,5}", fullmatch=True), texts | st.lists(texts)))
def test_what_is_written_can_be_read(table: dict[str, Any]) -> None:
    data = {"table": table, "tables": [table, table]}
    assert tomllib.loads(toml.dumps(data)) == data


@given(st.sampled_from(["key", "a b", 'a"b\n']), raw_texts | texts)
def test_a_text_is_written_as_tomli_w_writes_it(key: str, text: str) -> None:
    assert toml.dumps({key: text}) == tomli_w.dumps({key: text}, multiline_strings=True)


@pytest.mark.parametrize("key", ["a b", "a.b", "", 'a"b\n]'])
def test_any_key_can_be_written_in_a_header(key: str) -> None:
    data = {"acknowledged": {key: {"reason": "x"}}, "rows": {key: [{"a": 1}]}}
    assert tomllib.loads(toml.dumps(data)) == data


# In: where the fault is

LOCATED: list[tuple[str, str, list[str]]] = [
    (
        "an unknown key",
        "prioritty = 'standard'",
        ["x.toml, line 4: case prioritty is not a known key, did you mean 'priority'?"],
    ),
    (
        "an unknown key far from every known one",
        "zzzzzz = 1",
        ["x.toml, line 4: case zzzzzz is not a known key (known: number, assignment, priority,"],
    ),
    (
        "an unknown table",
        "[sumary]\ntext = ''",
        ["x.toml, line 4: sumary is not a known key, did you mean 'summary'?"],
    ),
    ("the name of the field in the model", "[particulars]", ["line 4: particulars is not a known"]),
    (
        "an alias of the model",
        "[[records]]\nfrom_ = 2014-01-01",
        ["line 5: records 1 from_ is not"],
    ),
    (
        "an unknown key of the second item",
        "[[items]]\nrequest = ''\n[[items]]\nrequest = ''\nrationaal = ''",
        ["x.toml, line 8: items 2 rationaal is not a known key, did you mean 'rationale'?"],
    ),
    (
        "the second citation of the second item",
        """\
        [[items]]
        [[items.citations]]
        pages = "1"
        [[items.citations]]
        pages = "2"
        [[items]]
        [[items.citations]]
        pages = "3"
        [[items.citations]]
        pagse = "4"
        """,
        ["x.toml, line 13: items 2 citations 2 pagse is not a known key, did you mean 'pages'?"],
    ),
    (
        "the administrator's citation",
        "[[items]]\n  [[items.citations]]\n  [[items.administrator_citations]]\n  year = '2009'",
        ["line 7: items 1 administrator_citations 1 year must be a whole number"],
    ),
    (
        "headers with spaces, quotes and comments",
        '[[ items ]] # one\n[["items"."citations"]]\n[[ items . citations ]]\npagse = ""',
        ["line 7: items 1 citations 2 pagse"],
    ),
    (
        "keys in quotes and without spaces",
        "'prioritty'=\"standard\"",
        ["line 4: case prioritty"],
    ),
    (
        "keys and headers inside a multi-line string",
        """\
        [[items]]
        rationale = \"""
        folows = 1
        [[items]]
        [summary]
        \"""
        [[items]]
        folows = 1
        """,
        ["line 11: items 2 folows is not a known key, did you mean 'follows'?"],
    ),
    (
        "keys and headers inside a multi-line literal string",
        "[[items]]\nrationale = '''\nfolows = 1\n\"\"\"\n[[items]]'''\nfolows = 1",
        ["line 9: items 1 folows"],
    ),
    (
        "a multi-line string on one line",
        '[[items]]\nrationale = """one line"""\nfolows = 1',
        ["line 6: items 1 folows"],
    ),
    (
        "a multi-line string that holds escaped quotes",
        '[[items]]\nrationale = """\n\\"\\"\\" folows = 1\nfolows = 1\n"""\nfolows = 1',
        ["line 9: items 1 folows"],
    ),
    (
        "a multi-line string that holds one escaped quote before two plain ones",
        '[[items]]\nrationale = """\n""\\"""\nfolows = 1\n"""\nfolows = 1',
        ["line 9: items 1 folows"],
    ),
    (
        "triple quotes inside a literal string",
        '[[items]]\nrequest = \'he said """ once\'\nfolows = 1',
        ["line 6: items 1 folows"],
    ),
    (
        "triple quotes inside a comment",
        '[[items]]\nrequest = "x"  # """\nfolows = 1',
        ["line 6: items 1 folows"],
    ),
    (
        "an entry of a list that looks like a key",
        '[reviewer]\nlicenses = [\n"attested = x",\n]\nattested = 5',
        ["line 8: reviewer attested must be a list ([...])"],
    ),
    (
        "an entry of a list",
        "[reviewer]\nlicenses = [\n    'Texas',\n    5,\n]",
        ["line 5: reviewer licenses 2 must be text in quotes"],
    ),
    ("text for a date", "date_of_injury = '2014-11-05'", ["line 4: case date_of_injury must be a"]),
    ("a time for a date", "date_of_injury = 2014-11-05T10:00:00Z", ["line 4: case date_of_injury"]),
    (
        "a wrong word",
        "priority = 'urgent'",
        ["line 4: case priority must be 'standard', 'expedited'"],
    ),
    ("a number for text", "[summary]\ntext = 5", ["line 5: summary text must be text in quotes"]),
    ("true for a number", "[[items]]\nfollows = true", ["line 5: items 1 follows must be a whole"]),
    (
        "text for a table",
        "[summary]\n[[items]]\ncitations = ['x']",
        ["items 1 citations 1 must be a table"],
    ),
    ("a table for a list", "[items]", ["line 4: items must be a list ([...])"]),
    ("a list for a table", "[[summary]]", ["line 4: summary must be a table"]),
    (
        "a time without a zone",
        "[reviewer]\nattested_at = 2014-12-08T09:12:44",
        ["line 5: reviewer attested_at must be a time with its zone"],
    ),
    (
        "a date for a time",
        "[reviewer]\nattested_at = 'yesterday'",
        ["line 5: reviewer attested_at must be a time such as 2014-12-08T09:12:44Z"],
    ),
    (
        "a key of an acknowledgement",
        "[acknowledged.IMR206]\nreeson = ''\ndigest = ''\nat = 2014-12-08T09:12:44Z",
        ["line 5: acknowledged IMR206 reeson is not a known key, did you mean 'reason'?"],
    ),
    (
        "a missing key",
        "[acknowledged.IMR206]\nreason = ''\ndigest = ''",
        ["line 4: acknowledged IMR206 at is missing"],
    ),
    (
        "several faults",
        "[[items]]\na1 = 1\na2 = 1\na3 = 1\na4 = 1",
        ["line 5: items 1 a1", "line 6: items 1 a2", "line 7: items 1 a3", "(1 more)"],
    ),
    (
        "a text that is too long",
        f"[[items]]\nrequest = '{'x' * (MAX_LINE + 1)}'",
        ["line 5: items 1 request is too long"],
    ),
    (
        "too many entries",
        f"[reviewer]\nlicenses = [{LONG_LIST}]",
        ["line 5: reviewer licenses has too many entries"],
    ),
]


@each_row(("text", "says"), [row[1:] for row in LOCATED])
def test_a_fault_is_located(text: str, says: list[str]) -> None:
    sentence = refused(case_file(text))
    for words in says:
        # The mark after a suggestion is the sentence's own affair.
        assert words.rstrip("?") in sentence
    assert sentence.endswith("The file was not changed. Correct it and open it again.")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_byte_order_marks_do_not_move_the_line(mark: str, end: str) -> None:
    text = case_file('[summary]\ntext = """\na\n"""\n\n[[items]]  # one\nfolows = 1\n')
    assert "line 10: items 1 folows" in refused(mark + text.replace("\n", end))


def test_the_whole_file_may_be_at_fault() -> None:
    assert "x.toml: case is missing" in refused("schema = 1")


def test_a_wrong_case_number_is_explained() -> None:
    assert "line 2: case number is not valid: a case number has up to 40" in refused(
        "[case]\nnumber = '../x'"
    )


@given(st.lists(texts, max_size=3), texts)
@example([], "'''")
@example([], '"""')
@example(["licenses = x"], "\n[[items]]\nfolows = 1")
def test_written_texts_do_not_move_the_line(licenses: list[str], prose: str) -> None:
    tables: dict[str, Any] = {
        "schema": 1,
        "case": {"number": "A"},
        "reviewer": {"licenses": licenses},
        "summary": {"text": prose},
        "items": [{"rationale": prose}, {"rationale": prose, "folows": 1}],
    }
    text = toml.dumps(tables)
    line = text.rstrip("\n").count("\n") + 1
    assert f"line {line}: items 2 folows" in refused(text)


# In: what is not TOML at all


@each_row(
    ("data", "says"),
    [
        (b"schema = ", "x.toml is not valid TOML: Invalid value (at end of document, line 1)"),
        (b'a = 1\nb = "unclosed\n', "line 2"),
        (b"a = 1\na = 2\n", "line 2"),
        (b"[a]\n[a]\n", "line 2"),
        (b"a = 2014-13-45", "not valid TOML"),
        (b"caf\xe9 = 1", "x.toml is not UTF-8: byte 3 is 0xe9."),
        (b'a = "\x93quoted\x94"', "x.toml is not UTF-8: byte 5 is 0x93."),
        ("a = 1".encode("utf-16"), "x.toml is not UTF-8: byte 0 is 0xff."),
        ("a = 1".encode("utf-16-be"), "x.toml is not valid TOML"),
        (b'a = "\x00"', "not valid TOML"),
        (b'a = "\\ud800"', "not valid TOML"),
        (b"\xef\xbb\xbf\xef\xbb\xbfa = 1", "not valid TOML"),
        (b"a = " + b"[" * 100_000, "x.toml is too large or nested too deeply"),
        (b"a = " + b"{a=" * 100_000, "x.toml is too large or nested too deeply"),
        (b"a = " + b"9" * 10_000, "x.toml is too large or nested too deeply"),
    ],
)
def test_not_toml(data: bytes, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        toml.parse(data, WHERE)
    assert says in str(caught.value)
    assert "The file was not changed." in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f"[{'.'.join(['a'] * 3000)}]",
        f"{'.'.join(['a'] * 3000)} = 1",
        f"[case.{'.'.join(['a'] * 3000)}]",
        # The parser takes hours for these.
        f"{'a.' * 100_000}b = 1",
        f"""{'"a".' * 100_000}b = 1""",
        f"x = {{ {'a.' * 100_000}b = 1 }}",
    ],
    ids=["table", "key", "case", "bomb", "quoted bomb", "inline bomb"],
)
def test_keys_of_many_parts_are_refused(text: str) -> None:
    told = refused(f"# a comment\n{text}")
    assert "line 2: a key has too many parts." in told
    assert "The file was not changed." in told


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[a.b.c]]\n" * 60_000, "line 50001: there are too many keys."),
        ("".join(f"k{number} = 1\n" for number in range(60_000)), "there are too many keys."),
        (f"a = [{'1,' * 3_000_000}]", "has too much content outside of strings."),
        ("\n" * 5_000_000, "has too much content outside of strings."),
        (f"a = {'[' * 10_000}{']' * 10_000}", "too large or nested too deeply"),
        (f"a = {'{a=' * 5_000}1{'}' * 5_000}", "too large or nested too deeply"),
        (f"a = {'1' * 1_000_000}", "too large or nested too deeply"),
        (f"a = {QUOTE * 1_000_000}", "is not valid TOML"),
        (f"a = {QUOTE * 3}{'x' + QUOTE * 1 + BACKSLASH * 2}" * 50_000, "is not valid TOML"),
    ],
    ids=["headers", "keys", "array", "lines", "deep", "inline", "digits", "quotes", "slashes"],
)
def test_what_would_take_the_parser_minutes_is_refused(text: str, says: str) -> None:
    assert says in refused(text)


@given(st.lists(st.sampled_from(BARE_PARTS), max_size=30).map("".join))
def test_lines_stay_where_they_are_without_strings_and_comments(text: str) -> None:
    bared = bare(text)
    assert bared.count("\n") == text.count("\n")
    assert len(bared) <= len(text)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    # What is a string for the parser is none of the keys that are counted here.
    assert all(key in bared for key in tables)


def test_dots_in_texts_and_comments_are_no_keys() -> None:
    dots = "." * 1_000
    text = f'a = "{dots}"\nb = """\n{dots}\n{dots} = 1\n"""\n# {dots}\n'
    assert toml.parse(text.encode(), WHERE)[0] == {"a": dots, "b": f"{dots}\n{dots} = 1\n"}


def test_a_byte_order_mark_is_read_over() -> None:
    assert toml.parse(b"\xef\xbb\xbfa = 1", WHERE) == ({"a": 1}, "a = 1")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        tables, text = toml.parse(data, WHERE)
    except BadInput:
        return
    assert tables == tomllib.loads(text)

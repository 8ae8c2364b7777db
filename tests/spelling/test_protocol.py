"""What is sent to hunspell, and replies of any kind."""

import pytest
from hypothesis import given, strategies as st

from imr_tui.spelling.protocol import MAX_LINE, BadReply, ReplyReader, request, verdict
from tests.spelling.fakes import GREETING

HOSTILE = [
    "",
    "abc",
    "a" * 10_000,
    "a\x00bcd",
    "abcd\n",
    "!abcd",
    "^abcd",
    "ab cd",
    "ÁBCD",
    "@abcd",
]


def test_each_word_is_on_a_line_and_no_command() -> None:
    assert request(["sore", "neck"]) == b"^sore\n^neck\n"


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_word_is_never_sent(word: str) -> None:
    with pytest.raises(ValueError, match="small letters"):
        request(["sore", word])


@given(st.lists(st.text()))
def test_nothing_but_small_letters_is_ever_sent(words: list[str]) -> None:
    try:
        data = request(words)
    except ValueError:
        return
    assert all(line[:1] == b"^" and line[1:].isalpha() for line in data.split(b"\n")[:-1])


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("*", None),
        ("+ SWELL", None),
        ("-", None),
        ("# swolen 1", ()),
        ("& swolen 3 1: swollen, so len, so-len", ("swollen", "so len", "so-len")),
        ("& swolen 3 1: swollen, swollen, swolen", ("swollen",)),
        ("& swolen 3 1: \x1b[31mred, 12, <b>, " + "x" * 61 + ", sore", ("sore",)),
        ("& swolen 1 1:", ()),
    ],
)
def test_a_reply_is_read(line: str, meant: tuple[str, ...] | None) -> None:
    assert verdict("swolen", line) == meant


@pytest.mark.parametrize(
    "line",
    [
        *("& other 1 1: a", "# other 1", "& swolen x 1: a", "& swolen 1 1", "? swolen 0 1: a"),
        *("hello", "& swolen", "#", "& swolen \u0661 1: a", "# swolen 1: a", "\x00"),
    ],
)
def test_a_reply_of_another_form_is_refused(line: str) -> None:
    with pytest.raises(BadReply):
        verdict("swolen", line)


@given(st.text())
def test_any_reply_is_read_or_refused(line: str) -> None:
    try:
        meant = verdict("swolen", line)
    except BadReply:
        return
    assert all(each.isprintable() for each in meant or ())


@given(st.lists(st.integers(1, 9)))
def test_replies_may_come_in_any_parts(cuts: list[int]) -> None:
    data = f"{GREETING}\n*\n\n& swolen 1 1: swollen\n\n# qqqq 1\n\n".encode()
    reader = ReplyReader()
    replies: list[str] = []
    for size in (*cuts, len(data)):
        part, data = data[:size], data[size:]
        replies += reader.feed(part)
    assert replies == ["*", "& swolen 1 1: swollen", "# qqqq 1"]


@pytest.mark.parametrize(
    "data",
    [b"usage: hunspell\n", b"x" * (MAX_LINE + 1), f"{GREETING}\n".encode() + b"\xff\n"],
    ids=["another program", "long", "not UTF-8"],
)
def test_other_output_is_refused(data: bytes) -> None:
    with pytest.raises(BadReply):
        list(ReplyReader().feed(data))


@given(st.lists(st.binary()))
def test_any_output_is_read_or_refused(parts: list[bytes]) -> None:
    reader = ReplyReader()
    try:
        for part in parts:
            list(reader.feed(part))
    except BadReply:
        pass

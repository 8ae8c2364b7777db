"""The bench sees what a program sends, when it is seen, and answers it as terminals do."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pyte.screens import Char

from tests.bench.answer import seen, standing
from tests.bench.session import OpenCase, listen
from tests.bench.shown import Cells, blank

pytestmark = pytest.mark.process

ECHO = """
import os, tty
tty.setraw(0)
os.write(1, b"ready")
while key := os.read(0, 1):
    os.write(1, {reply})
"""
ASKS = r"""
import os, tty
tty.setraw(0)
os.write(1, b"\x1b[?2026$p\x1b[?2048$p")
answer = b""
while answer.count(b"$y") < 2:
    answer += os.read(0, 99)
os.write(1, repr(answer).encode())
os.read(0, 1)
"""


def python(code: str) -> Sequence[str]:
    return [sys.executable, "-c", code]


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[OpenCase]:
    """A program that sends back what is typed."""
    with OpenCase(python(ECHO.format(reply="key")), tmp_path) as session:
        session.wait_for("ready")
        yield session


def test_a_key_that_is_sent_back_costs_its_byte(echo: OpenCase) -> None:
    answer = echo.press("x")
    assert answer.sent == answer.ideal == 1
    assert answer.visible == answer.first == answer.last
    assert "readyx" in echo.text


def test_a_detour_costs_more_than_the_ideal(tmp_path: Path) -> None:
    reply = r'b"\x1b[1;6H" + key + b"\x1b[m"'
    with OpenCase(python(ECHO.format(reply=reply)), tmp_path) as session:
        session.wait_for("ready")
        answer = session.press("x")
    assert answer.sent == 10
    assert answer.ideal == 1


def test_a_blank_is_not_looked_for(echo: OpenCase) -> None:
    assert echo.press("space").visible is None


def test_what_comes_late_is_told_with_the_next_key(echo: OpenCase) -> None:
    echo.put(b"abc")
    while b"abc" not in echo.raw:
        echo.read(1)
    assert echo.press("x").before == 3


@pytest.mark.parametrize(("is_synchronized", "state"), [(True, 2), (False, 0)])
def test_a_question_is_answered(tmp_path: Path, is_synchronized: bool, state: int) -> None:
    with OpenCase(python(ASKS), tmp_path, is_synchronized=is_synchronized) as session:
        session.wait_for(f"?2026;{state}$y", "?2048;0$y")


def test_a_program_that_ends_is_an_error_that_shows_its_words(tmp_path: Path) -> None:
    with (
        OpenCase(python("print('no such case')"), tmp_path) as session,
        pytest.raises(EOFError, match="no such case"),
    ):
        session.wait_for("ready")


def test_silence_has_no_bytes_and_talk_has(echo: OpenCase) -> None:
    assert listen([echo], 0.1) == [0]
    echo.put(b"ab")
    assert listen([echo], 0.5) == [2]


def test_what_a_program_takes_is_told(echo: OpenCase) -> None:
    assert echo.cpu > 0
    assert echo.memory > 1


def test_another_size_reaches_the_program(tmp_path: Path) -> None:
    reply = 'str(os.get_terminal_size(0)).encode() + b"\\r\\n"'
    with OpenCase(python(ECHO.format(reply=reply)), tmp_path) as session:
        session.wait_for("ready")
        session.resize(100, 30)
        session.press("x")
        assert "columns=100, lines=30" in session.text


def moments(*texts: str) -> list[Cells]:
    """A line of text after another."""
    rows = blank(4, 1)
    found = []
    for text in texts:
        rows = [[Char(letter) for letter in text.ljust(4)]]
        found.append(rows)
    return found


def test_a_character_is_seen_where_it_stays() -> None:
    before = blank(4, 1)
    assert seen(before, moments("", "x", "x."), "x") == 1
    assert seen(before, moments("x", "", " x"), "x") == 2
    assert seen(before, moments("x", ""), "x") is None
    assert seen(before, [], "x") is None


def test_a_screen_stands_when_but_a_few_lines_differ() -> None:
    new, old = blank(4, 9), blank(4, 9)
    nearly = [*new[:-1], old[-1]]
    assert standing([old, nearly, new]) == 1
    assert standing([old, new]) == 1

"""The console: what it says, what it takes for an answer, and what it refuses."""

import io
import os
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given, strategies as st

from imr_tui.plain import line_reader
from imr_tui.plain.console import Cancelled, Console, Ended
from imr_tui.plain.printable import encodable, printable_lines

LOCAL_MODES = 3


def on_pipe(data: bytes | str, encoding: str = "utf-8") -> tuple[Console, io.BytesIO]:
    """A console with this input, and what it says."""
    read, write = os.pipe()
    os.write(write, data.encode() if isinstance(data, str) else data)
    os.close(write)
    said = io.BytesIO()
    output = io.TextIOWrapper(said, encoding=encoding, newline="\n", write_through=True)
    return Console(read, output), said


def said_of(console: Console, said: io.BytesIO) -> list[str]:
    return said.getvalue().decode().splitlines()


@contextmanager
def on_terminal() -> Iterator[tuple[Console, int, io.StringIO]]:
    """A console on a pseudo-terminal, its other side, and what it says."""
    master, slave = os.openpty()
    said = io.StringIO()
    try:
        yield Console(slave, said, "utf-8"), master, said
    finally:
        os.close(master)
        os.close(slave)


@given(st.text())
def test_only_printable_characters_are_said(text: str) -> None:
    lines = list(printable_lines(text))
    assert all(line.isprintable() for line in lines)


def test_characters_that_act_on_a_terminal_are_shown_by_their_codes() -> None:
    console, said = on_pipe("")
    console.say("a\x1b[31mb\x07\u202ec\td\u00a0e\x00\u2028f")
    assert said.getvalue().decode() == "a<U+001B>[31mb<U+0007><U+202E>c d e<U+0000>\nf\n"


def test_a_terminal_without_utf_8_gets_other_characters() -> None:
    console, said = on_pipe("", "ascii")
    console.say("1½ µg “daily” 漢")
    assert said.getvalue() == b'1 1/2 mcg "daily" [U+6F22]\n'
    assert encodable("é", "latin-1") == "é"


def test_an_answer_is_a_line_without_blanks_around_it() -> None:
    console, said = on_pipe("  one \r\n\ntwo")
    assert console.ask("First") == "one"
    assert console.ask("Second") == ""
    assert console.ask("Third") == "two"
    with pytest.raises(Ended):
        console.ask("Fourth")
    assert said_of(console, said) == ["First: ", "Second: ", "Third: ", "Fourth: "]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"\x1b[A", "Error: The line holds a key that types nothing, such as an arrow."),
        (b"caf\xe9", "Error: The line is not valid utf-8 text, so nothing was taken."),
    ],
)
def test_a_line_that_is_no_text_is_asked_for_again(line: bytes, why: str) -> None:
    console, said = on_pipe(line + b"\nword\n")
    assert console.ask("Which") == "word"
    lines = said_of(console, said)
    assert lines[0] == "Which: "
    assert lines[1].startswith(why)
    assert lines[2] == "Which: "


def test_a_text_ends_with_a_full_stop() -> None:
    console, said = on_pipe("one \n\n.two\n.\nmore\n")
    kept: list[str] = []
    assert console.ask_text("Summary", kept.append) == "one\n\n.two"
    assert kept == ["one", "one\n", "one\n\n.two"]
    assert console.ask("Then") == "more"
    assert said_of(console, said)[0].startswith("Summary: enter lines.")


def test_a_blank_text_is_none() -> None:
    console, _ = on_pipe(".\n \n.\n")
    assert console.ask_text("Summary") is None
    assert console.ask_text("Summary") is None


def test_an_option_is_chosen_by_its_number() -> None:
    console, said = on_pipe("0\nx\n3\n2\n\n")
    assert console.choose("Which", ["one", "two"]) == 1
    lines = said_of(console, said)
    assert lines[:2] == ["1. one", "2. two"]
    assert len([line for line in lines if line.startswith("Error: There is no number")]) == 3
    assert console.choose("Which", ["one", "two"]) is None
    assert console.choose("Which", []) is None


@pytest.mark.parametrize(
    ("typed", "answer"), [("y", True), ("YES", True), ("n", False), ("", False), ("a\ny", True)]
)
def test_a_question_is_answered_with_y_or_n(typed: str, answer: bool) -> None:
    console, _ = on_pipe(f"{typed}\n")
    assert console.confirm("Sure?") is answer


def test_ctrl_c_cancels_the_question() -> None:
    console, _ = on_pipe("word\n")
    console.interrupt()
    with pytest.raises(Cancelled):
        console.ask("Which")


def test_a_prompt_is_repeated_after_what_was_said_meanwhile() -> None:
    """And a line that was typed before is not used."""
    console, said = on_pipe("before\nafter\n")
    looks = iter([True, False])
    console.look = lambda: next(looks)
    assert console.ask("Which") == "after"
    assert said.getvalue().decode().count("Which: ") == 2


def test_every_question_waits_until_the_answer_before_is_saved() -> None:
    console, _ = on_pipe("a\nb\n.\n")
    settled: list[str] = []
    console.settle = lambda: settled.append("")
    console.ask("Which")
    console.ask_text("Text")
    assert len(settled) == 3


def test_a_line_that_the_terminal_cuts_is_refused() -> None:
    with on_terminal() as (console, master, said):
        typing = threading.Thread(target=_type, args=(master, b"x" * 5_000 + b"\nshort\n"))
        typing.start()
        assert console.ask("Which") == "short"
        typing.join()
        assert "Error: The terminal cuts a line at 4,095 bytes" in said.getvalue()


def test_the_longest_line_is_taken() -> None:
    with on_terminal() as (console, master, _):
        typing = threading.Thread(target=_type, args=(master, b"x" * 4_094 + b"\n"))
        typing.start()
        assert len(console.ask("Which")) == 4_094
        typing.join()


def _type(master: int, data: bytes) -> None:
    """Type, and read the echo, which would stop the terminal otherwise."""
    os.set_blocking(master, False)
    while data:
        with suppress(BlockingIOError):
            data = data[os.write(master, data[:512]) :]
        with suppress(BlockingIOError):
            os.read(master, 1 << 16)


def test_a_line_that_was_not_entered_can_be_taken_away() -> None:
    with on_terminal() as (console, master, _):
        before = termios.tcgetattr(master)
        os.write(master, b"half a line")
        assert console.take_unfinished() == "half a line"
        assert console.take_unfinished() == ""
        assert termios.tcgetattr(master) == before
        os.write(master, b"whole\n")
        assert console.ask("Which") == "whole"


def echoes(descriptor: int) -> bool:
    return bool(termios.tcgetattr(descriptor)[LOCAL_MODES] & termios.ECHO)


def test_a_secret_is_not_echoed_and_the_echo_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with on_terminal() as (console, master, said):
        seen: list[bool] = []

        def look() -> bool:
            seen.append(echoes(master))
            return False

        console.look = look
        os.write(master, b"1234\n")
        assert console.ask_hidden("PIN") == "1234"
        assert seen == [False]
        assert echoes(master)
        monkeypatch.setattr(line_reader, "TICK_SECONDS", 0.01)
        console.end()
        with pytest.raises(Ended):
            console.ask_hidden("PIN")
        assert echoes(master)
        assert "1234" not in said.getvalue()

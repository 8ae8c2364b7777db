"""What nobody typed does nothing: parted keys, pastes with commands, answers of the terminal."""

import time
from pathlib import Path

import pytest

from imr_tui.terminal.bracketed_paste import PASTE_SECONDS
from imr_tui.terminal.escape_sequences import PASTE_END, PASTE_START
from imr_tui.terminal.input_parser import GUARD_SECONDS
from tests.bench.samples import APP, case_at, on_disk
from tests.soak.attacks import LINE_ENDS, OVER_SSH, PLACES, QUIT, Place, paste, split_keys
from tests.terminal.driver import Terminal
from tests.ui.test_input_parser import ANSWERS

DRAFT = "A draft that stays."


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_parted_keys_leave_the_text_as_it_is(tmp_path: Path, seed: int) -> None:
    assert split_keys(tmp_path, seed, 3) == ""


@pytest.mark.slow
@pytest.mark.parametrize("where", PLACES)
def test_pastes_do_nothing_but_what_pastes_do(tmp_path: Path, where: Place) -> None:
    assert paste(tmp_path, where, 7, 4) == ""


@pytest.mark.slow
def test_answers_and_lost_ends_leave_a_text_that_can_be_typed_on(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    with Terminal([*APP, str(path)], tmp_path, env=OVER_SSH) as terminal:

        def wait_for_text(text: str) -> None:
            terminal.wait_until(lambda: on_disk(path).summary.text == text, what=repr(text))

        terminal.enter_text()
        terminal.type(DRAFT)
        wait_for_text(DRAFT)
        for answer in ANSWERS:
            terminal.type(answer.encode("utf-8", "surrogateescape"))
        for byte in "".join(ANSWERS[:4]):
            terminal.type(byte)
            time.sleep(0.01)
        terminal.type(f"{PASTE_START} Pasted, and the line was cut.")
        time.sleep(PASTE_SECONDS)
        wait_for_text(f"{DRAFT} Pasted, and the line was cut.")
        terminal.wait_for("end of the paste did not arrive")
        terminal.wait_until(lambda: typed_on(terminal, path), what="typing again")


def test_encoded_keys_in_a_paste_are_text_and_no_commands(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.enter_text()
        lines = [f"line{at}{end}" for at, end in enumerate(LINE_ENDS)]
        more = f"a\x1b[105;5ub{QUIT}\x1b[65;2u\x1b[27;5;94~c"
        terminal.type(f"{PASTE_START}{''.join(lines)}{more}{PASTE_END}")
        expected = "".join(f"line{at}\n" for at in range(len(lines))) + "a\tb<U+0011>A-c"
        terminal.wait_until(lambda: on_disk(path).summary.text == expected, what="the paste")
        time.sleep(GUARD_SECONDS)
        terminal.type("\x1b[32;2uon")
        terminal.wait_until(lambda: on_disk(path).summary.text == f"{expected} on", what="typing")


def typed_on(terminal: Terminal, path: Path) -> bool:
    """Whether a key typed now gets into the text."""
    terminal.type("!")
    return on_disk(path).summary.text.endswith("!")


@pytest.mark.slow
def test_both_bytes_that_terminals_have_for_backspace_delete(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.enter_text()
        terminal.type("ab\x08c\x7fd")
        terminal.wait_until(lambda: on_disk(path).summary.text == "ad", what="what is left")

"""Plain mode ended in any way, on a real terminal: nothing that was entered goes missing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.profile import digest_of, load_profile, save_profile
from tests.bench.samples import APP, FRESH, case_at, make_folder, on_disk
from tests.plain.test_console import echoes
from tests.plain.walking import PROMPT, SECONDS, Walk, not_lines
from tests.terminal.driver import environment

pytestmark = pytest.mark.process

Done = subprocess.CompletedProcess[str]
BEGUN = "A sentence that was not"
SENTENCES = [f"Sentence {number} of a synthetic summary." for number in range(1, 9)]


def kept(place: Path) -> str:
    """What a session that was killed has left of the summary, once the next one has started."""
    done = run(place, "--plain", str(place / "cases"), lines="q\n")
    assert done.returncode == 0, done.stdout
    return on_disk(place / "cases" / FRESH.name).summary.text


def run(place: Path, *arguments: str, lines: str = "", **variables: str) -> Done:
    """Run the program with these lines as standard input."""
    return subprocess.run(
        [*APP, *arguments],
        input=lines,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=place,
        env=environment(place, variables),
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_in_the_middle_of_a_text_loses_no_line(
    tmp_path: Path, number: signal.Signals
) -> None:
    path = case_at(tmp_path, "summary")
    before = on_disk(path).summary.text
    with Walk([path], tmp_path) as walk:
        walk.wait_for()
        walk.type("i", "ends the text")
        for sentence in SENTENCES:
            walk.type(sentence, sentence)
        until(lambda: SENTENCES[-1] in on_disk(path).summary.text)
        walk.begin(BEGUN)
        walk.wait_for(BEGUN)
        assert walk.kill(number) == (-number if number == signal.SIGKILL else 128 + number)
    # No program can do anything about a kill.
    begun = [] if number == signal.SIGKILL else [BEGUN]
    assert kept(tmp_path) == "\n".join([before, *SENTENCES, *begun]).lstrip("\n")


@pytest.mark.slow
def test_ctrl_c_cancels_and_ctrl_d_ends(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    with Walk([path], tmp_path) as walk:
        walk.wait_for()
        walk.type("find", "Words to find: ")
        assert "Cancelled. quit ends the session." in walk.control("c")
        walk.type("i Typed here.")
        walk.control("d", "The input ended. All is saved.")
        assert walk.end() == 0
    assert on_disk(path).summary.text.endswith("Typed here.")


_BELOW_A_SHELL = (
    '"$@"; until stty -a | grep -q "[^-]echo "; do sleep 0.05; done; echo "it is $(echo restored)"'
)
"""Runs a program, and then says when the terminal shows what is typed again."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_echo_comes_back_if_the_session_is_killed_at_the_pin(
    tmp_path: Path, number: signal.Signals
) -> None:
    folder = Folder(make_folder(tmp_path, FRESH))
    profile = load_profile(folder)
    assert profile is not None
    save_profile(folder, profile.but(pin=digest_of("2468")))
    command = ["/bin/sh", "-c", _BELOW_A_SHELL, "sh", *APP]
    with Walk([folder.path], tmp_path, command=command) as walk:
        walk.wait_for()
        walk.type("lock", "Your PIN, or a blank line to end: ")
        assert not echoes(walk.fileno())
        os.kill(walk.child(), number)
        walk.wait_for("it is restored")


@pytest.mark.slow
def test_nothing_but_lines_goes_to_the_terminal(tmp_path: Path) -> None:
    with Walk([make_folder(tmp_path, FRESH)], tmp_path) as walk:
        walk.wait_for()
        for line in ("o 1", "?", "n", "n", "b", "l", "b", "items", "record", "h", "q", "s", "b"):
            walk.type(line)
        walk.type("q", "All is saved.")
        assert walk.end() == 0
        assert not_lines(walk.text) == []


@pytest.mark.slow
@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_without_a_cursor_gets_plain_mode(tmp_path: Path, term: str) -> None:
    folder = make_folder(tmp_path, FRESH)
    with Walk([folder], tmp_path, option="", TERM=term) as walk:
        walk.wait_for("Worklist, 1 case: ")
        walk.wait_for()
        walk.type("q", "All is saved.")
        assert walk.end() == 0


@pytest.mark.slow
def test_a_restricted_session_has_no_editor_and_no_import(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH)
    with Walk(["--restricted", folder], tmp_path, EDITOR="/bin/false") as walk:
        assert "i import" not in walk.wait_for()
        walk.type("o 1")
        walk.type("g summary")
        assert "Error: There is no command e." in walk.type("e")
        walk.type("quit", "All is saved.")
        assert walk.end() == 0


def test_a_pipe_takes_the_place_of_a_terminal(tmp_path: Path) -> None:
    make_folder(tmp_path, FRESH)
    done = run(tmp_path, "--plain", lines="o 1\ng summary\ni From a pipe.\nq\nq\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "All is saved."
    assert on_disk(tmp_path / "cases" / FRESH.name).summary.text == "From a pipe."


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--plain", "nowhere.toml"), 4, "nowhere.toml"),
        (("--plain", "cases", "more"), 2, "unexpected extra argument"),
        (("list", "--plain"), 2, "--plain"),
        (("--restricted", "--plain", "list"), 2, "--restricted accepts only a folder of cases"),
    ],
)
def test_what_cannot_be_opened_ends_as_the_app_does(
    tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    make_folder(tmp_path, FRESH)
    done = run(tmp_path, *arguments)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert done.stdout == ""


def test_output_that_nobody_reads_ends_the_session(tmp_path: Path) -> None:
    make_folder(tmp_path, FRESH)
    command = [*APP, "--plain", "cases"]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path, {}),
    )
    assert process.stdout is not None
    assert process.stdin is not None
    process.stdout.close()
    process.stdin.write(b"o 1\ng summary\ni Typed here.\n")
    process.stdin.flush()
    assert process.wait(60) == 0
    process.stdin.close()


STEPS = (
    ("i First sentence.", PROMPT),
    ("i Second sentence.", PROMPT),
    ("s 1", "ends the text"),
    ("Another first.", ""),
    (".", PROMPT),
    ("d 2", PROMPT),
    ("undo", PROMPT),
)
"""Lines at a summary, and what is said once each has its effect; blank: only the file tells."""


@pytest.mark.slow
def test_all_text_is_on_the_disk_at_every_prompt(tmp_path: Path) -> None:
    """What a kill would leave is a copy of the folder at that moment, which the next run opens."""
    path = case_at(tmp_path, "summary")
    texts: list[str] = []
    with Walk([path], tmp_path) as walk:
        walk.wait_for()
        for number, (line, says) in enumerate(STEPS):
            walk.type(line, says or line)
            if not says:
                until(partial(_holds, path, line))
            shutil.copytree(tmp_path / "cases", tmp_path / str(number) / "cases")
            texts.append(on_disk(path).summary.text)
    assert [kept(tmp_path / str(number)) for number in range(len(STEPS))] == texts
    assert "Second sentence." in texts[1]
    assert "Another first." in texts[3]
    assert "Second sentence." in texts[6]


def _holds(path: Path, text: str) -> bool:
    return text in on_disk(path).summary.text


def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


LOCKING = (
    sys.executable,
    "-c",
    "from imr_tui.session import idle; idle.MINUTE = 0.5\nfrom imr_tui.cli import main; main()",
)
"""The program, for which two minutes last a second."""


@pytest.mark.slow
def test_a_line_that_was_begun_before_the_lock_is_no_part_of_the_pin(tmp_path: Path) -> None:
    folder = Folder(make_folder(tmp_path, FRESH))
    profile = load_profile(folder)
    assert profile is not None
    save_profile(folder, profile.but(pin=digest_of("2468")))
    with Walk([folder.path], tmp_path, command=LOCKING) as walk:
        walk.wait_for()
        walk.begin("A sentence that is not")
        walk.wait_for("Your PIN, or a blank line to end: ")
        said = walk.type("2468")
        assert "You had not entered this line, so it was not taken: A sentence that is not" in said

"""Sessions that follow each other or meet at one case, each in a process and a terminal."""

import shlex
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from imr_tui.model import edits
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.locking.claim import holder
from imr_tui.terminal.input_parser import GUARD_SECONDS
from tests.bench.samples import APP, FRESH, case_at, on_disk
from tests.terminal.driver import Terminal


def at_summary(path: Path, place: Path) -> Terminal:
    terminal = Terminal([*APP, str(path)], place)
    terminal.wait_for(" word")
    terminal.settle()
    return terminal


def holds(path: Path, text: str) -> bool:
    """Whether the summary on the disk is `text`."""
    return on_disk(path).summary.text == text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A case that opens in its summary."""
    return case_at(tmp_path, "summary")


@pytest.mark.slow
def test_a_killed_session_is_followed_by_one_that_writes(tmp_path: Path, path: Path) -> None:
    typed = ""
    for word in ("one ", "two ", "three "):
        with at_summary(path, tmp_path) as terminal:
            assert "READ ONLY" not in terminal.text
            typed = word + typed
            terminal.enter_text()
            terminal.key("home")
            terminal.type(word)
            terminal.wait_until(partial(holds, path, typed))
            terminal.wait_until((account_folder(path.parent) / "spot.toml").exists)
            terminal.kill(signal.SIGKILL)
            terminal.wait_exit()
            assert holder(path.parent, path.stem) is None


@pytest.mark.slow
def test_a_second_session_takes_over_from_a_killed_one(tmp_path: Path, path: Path) -> None:
    with at_summary(path, tmp_path) as first, at_summary(path, tmp_path) as second:
        assert "READ ONLY" in second.text
        first.enter_text()
        first.type("first")
        second.wait_for("first")
        first.kill(signal.SIGKILL)
        first.wait_exit()
        second.wait_for("The case is free now")
        second.key("t")
        second.wait_gone("READ ONLY")
        second.wait_for("You can edit this case now")
        second.enter_text()
        second.type("second ")
        second.wait_until(partial(holds, path, "second first"))


@pytest.mark.slow
def test_a_session_is_asked_and_gives_the_case(tmp_path: Path, path: Path) -> None:
    with at_summary(path, tmp_path) as first, at_summary(path, tmp_path) as second:
        first.enter_text()
        first.type("first")
        second.wait_for("first")
        second.key("t")
        first.wait_for("wants to edit this case")
        first.settle()
        first.key("f2")
        first.wait_for("Another session wants this case")
        first.settle()
        first.key("g")
        second.wait_for("You can edit this case now")
        first.wait_for("Your further changes go to a copy")
        second.enter_text()
        second.type("second ")
        first.wait_for("second first")
        first.type("kept")
        first.wait_for("KEPT AS A COPY")
        assert on_disk(path).summary.text == "second first"


@pytest.mark.slow
def test_an_editor_is_noticed_without_a_key(tmp_path: Path, path: Path) -> None:
    with at_summary(path, tmp_path) as terminal:
        terminal.enter_text()
        terminal.type("mine")
        terminal.wait_until(partial(holds, path, "mine"))
        theirs = edits.set_summary(on_disk(path), "theirs")
        beside = tmp_path / "editor"
        beside.write_bytes(encode(theirs))
        beside.rename(path)
        terminal.wait_for("F2 Compare  Another program changed this case")
        assert on_disk(path) == theirs
        terminal.settle()
        terminal.key("f2")
        terminal.wait_for("Another program changed the case file")
        terminal.wait_for("+ theirs")
        assert "- mine" in terminal.text
        assert on_disk(path) == theirs
        terminal.settle()
        terminal.key("m")
        terminal.wait_until(partial(holds, path, "mine"))
        versions = Folder(path.parent).versions(path.stem).all()
        assert encode(theirs) in [version.path.read_bytes() for version in versions]


@pytest.mark.slow
def test_the_next_start_goes_on_at_the_line_where_the_link_broke(
    tmp_path: Path, path: Path
) -> None:
    with at_summary(path, tmp_path) as terminal:
        terminal.enter_text()
        terminal.type("one\rtwo\rthree")
        terminal.key("up", "home")
        terminal.wait_until(partial(holds, path, "one\ntwo\nthree"))
        terminal.settle()
        terminal.hang_up()
        terminal.wait_exit()
    with Terminal([*APP, str(path.parent)], tmp_path) as terminal:
        terminal.wait_for(f"Enter continues at {FRESH.stem} at summary, line 2")
        terminal.settle()
        terminal.key("enter")
        terminal.enter_text()
        terminal.type("here ")
        terminal.wait_until(partial(holds, path, "one\nhere two\nthree"))


@pytest.mark.slow
def test_a_disk_that_takes_no_more_is_told_and_loses_nothing(tmp_path: Path, path: Path) -> None:
    # A limit on the size of files stands for a full disk: the rest of a write is not taken.
    script = f"ulimit -f 40; exec {shlex.join([*APP, str(path)])}"
    with Terminal(["sh", "-c", script], tmp_path) as terminal:
        terminal.enter_text()
        terminal.type("small ")
        terminal.wait_until(partial(holds, path, "small "))
        terminal.paste("large " * 10_000)
        terminal.wait_for("NOT SAVED: file too large; kept in the journal")
        assert on_disk(path).summary.text == "small "
        # What comes right behind a paste is no command.
        time.sleep(GUARD_SECONDS)
        terminal.key("ctrl+z")
        terminal.wait_for("Saved ")
        terminal.wait_until(partial(holds, path, "small "))
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert not list(path.parent.rglob(".*.tmp"))

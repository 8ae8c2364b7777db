"""The reviewer's own editor in plain mode, on a real terminal: scripts that end in every way."""

import os
import shlex
import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from imr_tui.plain import outside
from imr_tui.session.idle import Due
from imr_tui.store.cases.case_file import open_case
from tests.bench.samples import SUMMARY, case_at
from tests.plain.walking import PROMPT, Walk, not_lines

pytestmark = pytest.mark.process


def script(place: Path, body: str) -> str:
    """An editor that is a shell script; `$1` is the text."""
    path = place / "editor"
    path.write_text(f"#!/bin/sh\nplace={shlex.quote(str(place))}\n{body}\n")
    path.chmod(0o700)
    return shlex.quote(str(path))


def at_summary(path: Path, place: Path, body: str) -> Walk:
    """A session at the summary, with the editor that does `body`."""
    return Walk([path], place, EDITOR=script(place, body))


def summary_on(path: Path) -> str:
    return open_case(path).case.summary.text


def left(path: Path) -> list[Path]:
    """The folders of texts that editors left."""
    place = path.parent / ".imr" / "editing"
    return sorted(place.iterdir()) if place.exists() else []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A case whose summary is written."""
    return case_at(tmp_path, "rationale")


@pytest.mark.slow
def test_the_text_goes_out_and_comes_back_as_one_step(path: Path, tmp_path: Path) -> None:
    body = 'cp "$1" "$place/out"; stat -c %a "$1" >"$place/mode"; printf "One. Two.\\n" >"$1"'
    with at_summary(path, tmp_path, body) as walk:
        walk.wait_for()
        walk.type("g summary")
        assert "The summary is changed: 2 sentences." in walk.type("e")
        assert (tmp_path / "out").read_text() == SUMMARY
        assert (tmp_path / "mode").read_text() == "600\n"
        assert summary_on(path) == "One. Two."
        assert "The summary did not change." in walk.type("e")
        walk.type("undo")
        walk.type("quit", "All is saved.")
        assert walk.end() == 0
    assert summary_on(path) == SUMMARY
    assert left(path) == []
    assert not_lines(walk.text) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "says", "keeps"),
    [
        ('echo lost >"$1"; exit 3', "Error: The editor ended with exit code 3.", True),
        ("exit 3", "Error: The editor ended with exit code 3.", False),
        ('echo lost >"$1"; kill -9 $$', "Error: Signal 9 ended the editor.", True),
        ("printf 'a\\377b' >\"$1\"", "Error: The editor's text cannot be used:", True),
    ],
)
def test_what_cannot_be_taken_is_kept_and_changes_nothing(
    path: Path, tmp_path: Path, body: str, says: str, keeps: bool
) -> None:
    with at_summary(path, tmp_path, body) as walk:
        walk.wait_for()
        walk.type("g summary")
        said = " ".join(walk.type("e").split())
        assert says in said
        assert ("The text was not changed. The editor's text is in" in said) == keeps
        walk.type("p 1")
        walk.type("quit", "All is saved.")
    assert summary_on(path) == SUMMARY
    assert len(left(path)) == keeps


@pytest.mark.slow
def test_a_program_that_is_not_there_is_named(path: Path, tmp_path: Path) -> None:
    with Walk([path], tmp_path, EDITOR="not-there -x") as walk:
        walk.wait_for()
        walk.type("g summary")
        assert "Error: The program not-there in $VISUAL or $EDITOR" in walk.type("e")
    assert left(path) == []


@pytest.mark.slow
def test_a_signal_ends_the_editor_too_and_its_text_is_kept(path: Path, tmp_path: Path) -> None:
    body = 'echo kept >"$1"; echo $$ >"$place/pid"; echo edits; sleep 600'
    with at_summary(path, tmp_path, body) as walk:
        walk.wait_for()
        walk.type("g summary")
        walk.type("e", "edits")
        editor = int((tmp_path / "pid").read_text())
        os.kill(walk.pid, signal.SIGTERM)
        assert walk.end() == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(editor, 0)
    assert summary_on(path) == SUMMARY
    with Walk([path], tmp_path) as walk:
        said = walk.wait_for()
        assert "Unsaved editor text of CM26-0190442 (summary)" in " ".join(said.split())
        assert PROMPT in said


def test_the_editor_is_stopped_while_the_session_is_locked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nobody types, so the lock is due at the first look, and the editor ends after the second."""
    events: list[str] = []
    dues = iter([Due.LOCK, Due.NOTHING])
    monkeypatch.setattr(outside, "due", lambda *_: next(dues))
    monkeypatch.setattr(outside, "CHECK_SECONDS", 0.0)

    def pause() -> list[str]:
        events.append("paused")
        return ["of the editor"]

    with (tmp_path / "terminal").open("w") as file:
        terminal: Any = SimpleNamespace(
            fileno=file.fileno,
            pause_child=pause,
            set_attributes=lambda attributes: events.append(f"set {attributes[0]}"),
            resume_child=lambda attributes: events.append(f"resumed {attributes[0]}"),
        )
        session: Any = SimpleNamespace(
            host=None, console=SimpleNamespace(look=lambda: events.append("locked"))
        )
        lives = iter([True, True, True, True, False])
        editor: Any = SimpleNamespace(is_alive=lambda: next(lives), join=lambda seconds: None)
        outside._watch(editor, terminal, session, ["of lines"])
    assert events == ["paused", "set of lines", "locked", "resumed of the editor"]

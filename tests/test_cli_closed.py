"""Commands on a case that the organization closed: none of them changes it."""

from datetime import date
from pathlib import Path

import pytest

from imr_tui.letter.render.renderer import render
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.versions import Event
from imr_tui.store.intake.closing import Closing, close_case
from tests.builders import NUMBER, a_complete_case, saved
from tests.commands import Run, assert_refused

SAYS = f"{NUMBER} is closed, so nothing was changed. The application was withdrawn on 2026-11-20."


@pytest.fixture
def closed(cases: Path) -> Path:
    """The file of a closed case with an earlier version."""
    (path,) = saved(cases, case := a_complete_case())
    Folder(cases).versions(NUMBER).note(encode(case.but(records=())), Event.LEFT)
    close_case(cases, NUMBER, Closing("withdrawn", "", date(2026, 11, 20)))
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("letter", "{path}"),
        ("sign", "{path}", "--confirm", "0001"),
        ("sign", "{path}", "--manifest", "-"),
        ("history", "{path}", "--restore", "1"),
        ("import", "{letter}", "--folder", "{folder}", "--replace", "--number", NUMBER),
    ],
    ids=lambda command: command[0],
)
def test_a_closed_case_is_refused(command: tuple[str, ...], closed: Path, run: Run) -> None:
    letter = closed.parent.parent / "published.txt"
    letter.write_text(render(a_complete_case()))
    before = {path: path.read_bytes() for path in closed.parent.glob("CM*")}
    words = [word.format(path=closed, letter=letter, folder=closed.parent) for word in command]
    done = run(*words)
    assert done.code == 5, done.err
    assert SAYS in " ".join(done.err.split())
    assert {path: path.read_bytes() for path in closed.parent.glob("CM*")} == before


def test_a_closed_case_can_be_read(closed: Path, run: Run) -> None:
    assert run("letter", closed, "--draft").code == 0
    listed = run("list", closed.parent)
    assert "closed" in listed.out
    said = run("list", closed.parent, "--json").out
    assert '"note": "The application was withdrawn on 2026-11-20."' in said
    assert '"new_facts": false' in said


def test_the_refusal_says_who_opens_the_case_again(closed: Path, run: Run) -> None:
    assert_refused(run("letter", closed), 5, "Only the organization opens it again")

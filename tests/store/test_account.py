"""The reviewer's name by the account: kept out of every letter, and no word taken for one."""

import json
import pwd
from pathlib import Path
from types import SimpleNamespace

import pytest

from imr_tui.letter.render.renderer import render
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import Identity, identity, save_profile
from imr_tui.store.history.versions import Event
from tests.builders import NUMBER, a_complete_case, an_item, saved
from tests.commands import Run

IDENTITY = [
    *("Jane Doe", "JANE DOE", "Doe, Jane", "Jane A. Doe", "Jane\nDoe", "J. Doe"),
    *("Dr. Doe", "Dr. Jane Doe", "Jane Doe, M.D.", "Doe, MD", "drjanedoe", "DRJANEDOE@example.org"),
]


def account(monkeypatch: pytest.MonkeyPatch, login: str, gecos: str) -> None:
    """Let the account be another one."""
    entry = SimpleNamespace(pw_name=login, pw_gecos=gecos)
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: entry)


@pytest.fixture
def jane(monkeypatch: pytest.MonkeyPatch) -> None:
    account(monkeypatch, "drjanedoe", "Jane Doe,Room 5,,")


@pytest.mark.usefixtures("jane")
def test_nothing_that_goes_out_says_who_the_reviewer_is(run: Run, cases: Path) -> None:
    [path] = saved(cases, a_complete_case())
    Folder(cases).versions(NUMBER).note(path.read_bytes(), Event.OPENED)
    target = cases.parent / "letter.txt"
    outputs = [
        run("letter", path).out,
        run("letter", path, "-o", target).out + target.read_text(),
        *(run(command, "--json", cases).out for command in ("list", "check")),
        run("history", "--json", path).out,
        run("new", "CM26-9", cases).out + (cases / "CM26-9.toml").read_text(),
        path.read_text(),
        *(each.name for each in cases.rglob("*")),
    ]
    assert json.loads(outputs[2])["cases"]
    assert len(IDENTITY) == 12
    for words in (*IDENTITY, "janedoe"):
        assert [text for text in outputs if words.casefold() in text.casefold()] == []


@pytest.mark.usefixtures("jane")
@pytest.mark.parametrize("words", IDENTITY)
@pytest.mark.parametrize("named", [False, True], ids=["no profile", "a blank name in it"])
def test_a_letter_that_names_the_reviewer_is_held_back(
    run: Run, cases: Path, words: str, named: bool
) -> None:
    case = a_complete_case((an_item(rationale=f"It is not necessary, {words} finds."),))
    [path] = saved(cases, case)
    if named:
        save_profile(Folder(cases), Profile(licenses=("Texas",)))
    done = run("letter", path)
    assert (done.code, done.out) == (1, "")
    assert "IMR502" in done.err
    assert "IMR502" in run("check", path).out


QUIET = {
    "root": "root",
    "test": "Test User",
    "ubuntu": "Ubuntu",
    "reviewer": "Medical Review",
    "desk": "Pain Management",
    "imr": "",
    "c5": "C Five",
    "runner": ",,,",
    "xray": "Xavier Ray",
    "massage": "massage therapist",
    "doe": "Jane Doe",
    "knee": "M. Knee",
}
TEXT = (
    "The root, a test, and the user: medical review of pain management by massage therapy. An xray "
    "of the knee at C5 was read. The doe ran; ubuntu is a word. The reviewer notes it."
)


@pytest.mark.parametrize("login", QUIET)
def test_no_word_is_taken_for_a_name(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    account(monkeypatch, login, QUIET[login])
    [path] = saved(cases, a_complete_case((an_item(rationale=TEXT),)))
    assert "IMR502" not in run("check", path).out
    assert run("letter", path).code == 0


@pytest.mark.parametrize(
    ("login", "gecos", "profile", "known"),
    [
        ("drjanedoe", "Jane Doe,,,", "", Identity("Jane Doe", "drjanedoe")),
        ("jane.doe", "Dr. Jane A. Doe", "", Identity("Dr. Jane A. Doe", "jane.doe")),
        ("doeja7", "Jane O'Doe-Roe", "", Identity("Jane O'Doe-Roe", "")),
        ("drjanedoe", "Jane Doe", "Ana Cruz", Identity("Ana Cruz", "")),
        ("acruz77", "", "Ana B. de la Cruz, MD", Identity("Ana B. de la Cruz, MD", "acruz77")),
        ("jdoe", "Jane Doe", "", Identity("Jane Doe", "")),
        ("root", "root", "", Identity()),
        ("svc", "Test User", "", Identity()),
        ("x", "jane doe", "", Identity()),
        ("x", "Jane Doe 2", "", Identity()),
        ("josegarcia", "José García", "", Identity("José García", "josegarcia")),
    ],
)
def test_who_is_known(
    monkeypatch: pytest.MonkeyPatch, login: str, gecos: str, profile: str, known: Identity
) -> None:
    account(monkeypatch, login, gecos)
    assert identity(Profile(name=profile)) == known


def test_an_account_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    assert identity(None) == Identity()


@pytest.mark.usefixtures("jane")
def test_a_letter_without_the_name_goes_out(run: Run, cases: Path) -> None:
    [path] = saved(cases, a_complete_case())
    assert run("letter", path).out == render(a_complete_case())

"""The process of hunspell: fakes that answer, hang, end and babble, and the thread that asks."""

import os
import random
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_folder, make_account_folder
from imr_tui.store.config.word_file import FILE, add_word, own_words
from imr_tui.store.spelling import hunspell
from imr_tui.store.spelling.hunspell import Hunspell, Installed, SpellerFailed
from imr_tui.store.spelling.speller import NOT_INSTALLED, OFF, Speller, start_hunspell
from tests.spelling import fakes
from tests.spelling.fakes import answering, hanging, is_running, needs_hunspell, program, real

pytestmark = pytest.mark.process
SOON = 60.0
"""Seconds in which anything that should happen does, however slow the machine."""
SHORT = 0.2
"""A time limit that the test waits for."""


def ask(installed: Installed, words: list[str], seconds: float = SOON) -> dict[str, object]:
    process = Hunspell(installed, seconds)
    try:
        return dict(process.ask(words))
    finally:
        process.end()
        assert not is_running(process)


def test_words_are_answered_in_order_however_many(tmp_path: Path) -> None:
    words = [f"abc{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(300)]
    found = ask(answering(tmp_path), [*words, "swolen", "qqqq"])
    assert list(found) == [*words, "swolen", "qqqq"]
    assert {word: said for word, said in found.items() if said is not None} == {
        "swolen": ("swollen", "solen"),
        "qqqq": (),
    }


def test_the_process_gets_nothing_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORDLIST", "secret")
    shows = program(
        tmp_path,
        "import os, pathlib\n"
        "seen = dict(os.environ)\n"
        "seen.pop('LC_CTYPE', None)\n"
        f"pathlib.Path({str(tmp_path / 'seen')!r}).write_text("
        "f'{seen} {os.getcwd()} {os.getsid(0) == os.getpid()}')\n"
        "print('*', flush=True)\nsys.stdin.read()\n",
    )
    ask(shows, ["sore"])
    assert (tmp_path / "seen").read_text() == "{} / True"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "hunspell ended."),
        ("print('what', flush=True)\ntime.sleep(600)\n", "an unexpected reply"),
        ("print('*\\n' * 9, flush=True)\ntime.sleep(600)\n", "more replies than words"),
        ("print('x' * 9000, flush=True)\ntime.sleep(600)\n", "a reply that is too long"),
        ("time.sleep(600)\n", "did not reply within"),
        ("while True: print('', end=' ', flush=True); time.sleep(0.01)\n", "hunspell"),
    ],
    ids=["ends", "babbles", "answers twice", "long", "hangs", "trickles"],
)
def test_a_process_that_fails_is_killed(tmp_path: Path, body: str, says: str) -> None:
    process = Hunspell(program(tmp_path, body), SHORT if "time" in body else SOON)
    with pytest.raises(SpellerFailed, match=says):
        list(process.ask(["sore", "neck"]))
    assert not is_running(process)


def test_a_program_that_cannot_be_run(tmp_path: Path) -> None:
    with pytest.raises(SpellerFailed, match="could not be started: no such file"):
        Hunspell(Installed(tmp_path / "missing", (tmp_path,)))


def test_it_is_never_found_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hunspell.find_installed() is None
    assert start_hunspell() is None
    assert all(path.is_absolute() for path in fakes.REAL)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to root")
def test_only_a_program_of_root_with_an_english_dictionary_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = answering(tmp_path).program
    monkeypatch.setattr(hunspell, "PROGRAMS", (path,))
    monkeypatch.setattr(hunspell, "DICTIONARIES", (tmp_path,))
    assert hunspell.find_installed() is None
    for name in ("en_US.aff", "en_US.dic"):
        (tmp_path / name).touch()
    assert hunspell.find_installed() == Installed(path, (tmp_path / "en_US",))
    (tmp_path / "en_med_glut.dic").touch()
    both = hunspell.find_installed()
    assert both is not None
    assert both.command[-1] == f"{tmp_path / 'en_US'},{tmp_path / 'en_med_glut'}"
    path.chmod(0o777)
    assert hunspell.find_installed() is None


@needs_hunspell
def test_the_real_one_understands() -> None:
    installed = real()
    assert installed is not None
    found = ask(installed, ["swollen", "swolen", "qqqqq"])
    assert found["swollen"] is None
    assert "swollen" in str(found["swolen"])
    assert found["qqqqq"] is not None


# ── The thread ───────────────────────────────────────────────────────────────────────────


class Asking:
    """A speller on a fake, whose answers can be waited for."""

    def __init__(self, installed: Installed | None, seconds: float = SOON) -> None:
        self.starts = 0
        self.processes: list[Hunspell] = []
        self.faults: list[Exception] = []

        def start() -> Hunspell | None:
            self.starts += 1
            if installed is None:
                return None
            self.processes.append(Hunspell(installed, seconds))
            return self.processes[-1]

        self.speller = Speller(lambda: ["kept"], self.faults.append, start)

    def ask(self, *words: str) -> threading.Event:
        answered = threading.Event()
        self.speller.ask(lambda: words, answered.set)
        return answered


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    asking = Asking(answering(tmp_path))
    yield asking
    asking.speller.close()
    assert asking.faults == []


def test_one_process_answers_all_questions(asking: Asking) -> None:
    assert asking.ask("swolen", "sore", "kept").wait(SOON)
    assert asking.ask("tendr", "swolen").wait(SOON)
    assert asking.speller.misspelled == {
        "swolen": ("swollen", "solen"),
        "tendr": ("tender",),
    }
    assert asking.starts == 1


def test_without_hunspell_the_reason_is_said(tmp_path: Path) -> None:
    asking = Asking(None)
    assert asking.ask("swolen").wait(SOON)
    assert asking.ask("tendr").wait(SOON)
    assert asking.speller.problem == NOT_INSTALLED
    assert (asking.starts, asking.speller.misspelled) == (1, {})
    asking.speller.close()


def test_a_process_that_hangs_is_killed_and_not_started_again(tmp_path: Path) -> None:
    asking = Asking(hanging(tmp_path), SHORT)
    assert asking.ask("swolen").wait(SOON)
    assert asking.speller.problem == f"hunspell did not reply within {SHORT:g} seconds. {OFF}"
    assert not is_running(asking.processes[0])
    assert asking.ask("tendr").wait(SOON)
    assert asking.starts == 1
    asking.speller.close()


def test_closing_kills_a_process_that_hangs(tmp_path: Path) -> None:
    asking = Asking(hanging(tmp_path))
    asking.ask("swolen")
    until = time.monotonic() + SOON
    while not asking.processes and time.monotonic() < until:
        time.sleep(0.01)
    asking.speller.close()
    thread = asking.speller._thread
    assert thread is not None
    thread.join(SOON)
    assert not thread.is_alive()
    assert not is_running(asking.processes[0])
    assert asking.faults == []


# ── The file of words ────────────────────────────────────────────────────────────────────


def test_added_words_are_for_the_account_only(cases: Path) -> None:
    folder = Folder(cases)
    assert own_words(folder) == frozenset()
    add_word(folder, "rolfing")
    add_word(folder, "aquaflex")
    path = account_folder(cases) / FILE
    assert path.read_text() == "aquaflex\nrolfing\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert own_words(folder) == {"aquaflex", "rolfing"}


def test_a_file_of_words_with_an_error_is_neither_used_nor_changed(cases: Path) -> None:
    folder = Folder(cases)
    path = make_account_folder(cases) / FILE
    path.write_bytes(b"good\ntwo words\n")
    for use in (lambda: own_words(folder), lambda: add_word(folder, "more")):
        with pytest.raises(BadInput, match=r"words\.txt, line 2: this is not a single word"):
            use()
    assert path.read_bytes() == b"good\ntwo words\n"


def test_a_huge_file_of_words_is_not_read(cases: Path) -> None:
    path = make_account_folder(cases) / FILE
    path.write_bytes(random.Random(1).randbytes(10_000_000))
    with pytest.raises(CannotStore, match="larger than 500,000 bytes"):
        own_words(Folder(cases))

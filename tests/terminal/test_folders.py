"""Folders and files as they may be, on a terminal: hostile, read-only, broken."""

import os
import shutil
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomli_w

from imr_tui.store.cases.folder import Folder
from tests.bench.samples import APP, FRESH, make_folder, on_disk
from tests.terminal.driver import Terminal

NUMBER = FRESH.stem
QUIET = 0.1
"""Seconds of silence after which a screen that has come has its focus, too."""


HOSTILE = "[/kg] [b] [red] \x1b[31m 漢字"
VISIBLE = ("[/kg]", "[b]", "[red]", "<U+001B>[31m", "漢字")


def hostile_folder(place: Path) -> Path:
    """A folder with one case, every string of it `HOSTILE`."""
    folder = make_folder(place)
    citation = dict.fromkeys(("guideline", "title", "section", "pages"), HOSTILE)
    cited = [
        {**citation, "sections": [HOSTILE]},
        {**citation, "standard": "A", "text": HOSTILE},
    ]
    parties = dict.fromkeys(("employee", "employer", "claims_administrator"), HOSTILE)
    item = dict.fromkeys(("request", "original", "authorized", "rationale"), HOSTILE)
    day = datetime(2026, 11, 12, tzinfo=UTC)
    tables = {
        "schema": 1,
        "case": {"number": NUMBER},
        "parties": {**parties, "providers": [HOSTILE]},
        "records": [{"kind": "medical", "title": HOSTILE, "source": HOSTILE}],
        "reviewer": {"licenses": [HOSTILE], "specialties": [HOSTILE], "attested": []},
        "summary": {"text": HOSTILE},
        "items": [{**item, "citations": cited, "administrator_citations": cited}],
        "acknowledged": {"IMR206": {"reason": HOSTILE, "digest": HOSTILE, "at": day}},
    }
    text = tomli_w.dumps(tables)
    assert "\\u001b[31m" in text
    (folder / FRESH.name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_markup_and_escapes_in_a_case_are_shown_as_text(tmp_path: Path) -> None:
    folder = hostile_folder(tmp_path)
    with Terminal([*APP, str(folder)], tmp_path, size=(60, 20)) as terminal:

        def look(key: str, shows: str, data: Sequence[str] = VISIBLE) -> None:
            terminal.key(key)
            for text in (shows, *data):
                terminal.wait_for(text)
            terminal.settle(QUIET)

        def close(shows: str) -> None:
            terminal.key("escape")
            terminal.wait_gone(shows)
            terminal.settle(QUIET)

        terminal.wait_for(NUMBER)
        look("enter", "attest")
        look("ctrl+n", "words")
        look("ctrl+n", "Decision:")
        look("e", "Number of that item")
        close("Number of that item")
        look("ctrl+n", "You cite")
        look("e", "Sections (A; B)")
        close("Sections (A; B)")
        look("a", "Cite a guideline", ())
        terminal.type("[/kg] [b]")
        terminal.wait_for("as they are: [/kg] [b]")
        close("Cite a guideline")
        look("ctrl+t", "Items in dispute")
        close("Items in dispute")
        look("ctrl+r", "Record: dates, parties", ())
        # It opens at the first date that the case lacks; the documents stand below all fields.
        terminal.type("\t" * 14)
        terminal.settle(QUIET)
        look("e", "First date")
        close("First date")
        close("Record: dates, parties")
        look("ctrl+g", "Decision 1")
        close("Decision 1")
        look("f1", "Keys", ())
        close("Keys")
        look("ctrl+n", "the letter. Enter jumps", ())
        look("tab", "the letter. Enter jumps", ())
        terminal.key(*["down"] * 60)
        for text in VISIBLE[:-1]:
            terminal.wait_for(text)
        terminal.leave_case()
        terminal.wait_for("State")
        terminal.settle()
        look("/", "words, draft, ready", ())
        terminal.type("[/kg]")
        terminal.wait_for("[/kg]")
        terminal.wait_for(NUMBER)
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
        assert b"\x1b[31m" not in terminal.raw


@pytest.mark.slow
def test_help_says_how_to_close_it_in_the_smallest_window(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH)
    with Terminal([*APP, str(folder / FRESH.name)], tmp_path, size=(60, 20)) as terminal:
        terminal.wait_for("attest")
        terminal.settle()
        terminal.key("f1")
        terminal.wait_for("Keys")
        terminal.wait_for("Close", timeout=5)


def unprivileged() -> list[str]:
    """What takes root's powers over files from a command; nothing for anybody else."""
    if os.geteuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root can write anywhere, and there is no setpriv to change that")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_opened_and_nothing_is_edited(tmp_path: Path) -> None:
    without = unprivileged()
    folder = make_folder(tmp_path, FRESH)
    before = (folder / FRESH.name).read_bytes()
    (folder / ".imr").chmod(0o500)
    folder.chmod(0o500)
    try:
        with Terminal([*without, *APP, str(folder)], tmp_path) as terminal:
            terminal.wait_for("READ ONLY: you cannot write")
            for keys, shows in [
                (["enter"], "attest"),
                (["1", "6", "ctrl+n"], "words"),
                (["x", "enter", "ctrl+n"], "Item 1 of 3"),
                (["u", "o", "x", "ctrl+n"], "You cite"),
                (["a", "d", "J", "ctrl+n"], "Item 2 of 3"),
                (["ctrl+t"], "Items in dispute"),
                (["a", "d", "J"], "Items in dispute"),
            ]:
                for key in keys:
                    terminal.key(key)
                    terminal.settle(QUIET)
                terminal.wait_for(shows)
                terminal.wait_for("READ ONLY")
            terminal.key("ctrl+q")
            assert terminal.wait_exit() == 0
    finally:
        folder.chmod(0o700)
        (folder / ".imr").chmod(0o700)
    assert (folder / FRESH.name).read_bytes() == before
    assert [entry.name for entry in folder.iterdir() if entry.name != ".imr"] == [FRESH.name]


@pytest.mark.slow
def test_a_broken_file_is_listed_with_its_reason_and_hides_nothing(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH)
    (folder / "CM26-0000001.toml").write_text("schema = 1\n[case\n", encoding="utf-8")
    with Terminal([*APP, str(folder)], tmp_path) as terminal:

        def says(words: str) -> None:
            """The words are on the screen, however they are wrapped."""
            packed = words.replace(" ", "")
            terminal.wait_until(lambda: packed in "".join(terminal.text.split()), what=words)

        for words in (NUMBER, "CM26-0000001", "BROKEN"):
            terminal.wait_for(words)
        terminal.settle()
        terminal.key("down")
        says("is not valid TOML")
        terminal.key("enter")
        terminal.settle()
        terminal.wait_for(NUMBER)
        terminal.key("up")
        terminal.settle()
        terminal.key("enter")
        terminal.wait_for("attest")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert [entry.number for entry in Folder(folder).entries() if entry.problem] == ["CM26-0000001"]


@pytest.mark.slow
def test_a_worklist_sends_nothing_until_a_file_changes(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH)
    with Terminal([*APP, str(folder)], tmp_path, size=(80, 24)) as terminal:
        terminal.wait_for(FRESH.stem)
        terminal.settle(1.5)
        mark = terminal.mark()
        time.sleep(2.5)
        assert terminal.mark() == mark
        other = "CM26-0000009"
        text = FRESH.read_bytes().replace(FRESH.stem.encode(), other.encode())
        (folder / f"{other}.toml").write_bytes(text)
        terminal.wait_for(other)
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize(
    "words",
    [
        [],
        pytest.param(["cases"], marks=pytest.mark.slow),
        pytest.param([f"cases/{FRESH.name}"], marks=pytest.mark.slow),
    ],
)
def test_a_folder_is_written_however_it_is_named(tmp_path: Path, words: list[str]) -> None:
    """As users type it: from the folder above, with a relative path or none."""
    path = make_folder(tmp_path, FRESH) / FRESH.name
    with Terminal([*APP, *words], tmp_path, cwd=tmp_path) as terminal:
        if not words or not words[0].endswith(".toml"):
            terminal.wait_for(FRESH.stem)
            terminal.settle(QUIET)
            terminal.key("enter")
        terminal.wait_for("attest")
        terminal.settle(QUIET)
        assert "READ ONLY" not in terminal.text
        terminal.key("ctrl+n")
        terminal.enter_text()
        terminal.type("Written.")
        terminal.wait_until(lambda: on_disk(path).summary.text == "Written.", what="the text")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    made = {each.relative_to(path.parent / ".imr").parts[0] for each in path.parent.rglob(".imr/*")}
    assert {"history", "locks", "accounts"} <= made

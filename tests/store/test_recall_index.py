"""The index of the reviewer's rationales: a private cache that nothing depends on."""

import os
import sqlite3
import stat
import threading
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from imr_tui.model.case import Case
from imr_tui.recall.subject import subject
from imr_tui.store.config.account_folder import account_folder, make_account_folder
from imr_tui.store.recall import database, index as index_module, indexed_files, own_cases
from imr_tui.store.recall.database import FILE
from imr_tui.store.recall.index import RecallIndex
from imr_tui.store.worklist.case_files import case_files
from tests.builders import MTUS, a_case, a_complete_case, an_item, saved

ANY = subject("")


def a_numbered(number: int, *rationales: str, request: str = "MRI", **particulars: object) -> Case:
    case = a_complete_case(tuple(an_item(request, rationale=each) for each in rationales))
    name = f"CM26-{number:07}"
    return case.but(particulars=case.particulars.but(number=name, **particulars))


def texts(folder: Path, typed: str = "", about: str = "") -> list[str]:
    """The texts that a new session finds."""
    with closing(RecallIndex(folder)) as index:
        index.update()
        return [each.text for each in index.search(typed, subject(about))]


def file_of(folder: Path) -> Path:
    return account_folder(folder) / FILE


# ── What it finds ────────────────────────────────────────────────────────────────────────────


def test_it_finds_words_in_text_request_number_and_citations(cases: Path) -> None:
    saved(cases, a_numbered(1, "Grip is weak."), a_numbered(2, "Gait is poor.", request="Cane"))
    assert texts(cases, "gri") == ["Grip is weak."]
    assert texts(cases, "cane") == ["Gait is poor."]
    assert texts(cases, "CM26-0000001") == ["Grip is weak."]
    assert len(texts(cases, "chronic pain")) == 2
    assert texts(cases, "poor grip") == []


def test_it_gives_back_what_the_case_holds(cases: Path) -> None:
    saved(cases, a_numbered(3, "One.", "Two.", decision_date=date(2025, 3, 4)))
    with closing(RecallIndex(cases)) as index:
        index.update()
        second = index.search("two", ANY)[0]
    assert (second.number, second.item, second.request) == ("CM26-0000003", 1, "MRI")
    assert (second.decision, second.day) == ("upheld", date(2025, 3, 4))
    assert second.citations == (MTUS,)


def test_similar_requests_come_first_then_the_newest(cases: Path) -> None:
    requests = ["MRI of the lumbar spine", "CT of the lumbar spine", "MRI of the left knee"]
    requests += ["Tramadol 50 mg", "Cane"]
    for at, request in enumerate(requests):
        day = date(2020 + at, 1, 1)
        saved(cases, a_numbered(at, f"Text {at}.", request=request, decision_date=day))
    found = texts(cases, "text", "Repeat lumbar MRI")
    assert found == ["Text 0.", "Text 2.", "Text 1.", "Text 4.", "Text 3."]
    assert texts(cases, "", "Oxycodone 5 mg")[0] == "Text 3."
    assert texts(cases) == [f"Text {at}." for at in (4, 3, 2, 1, 0)]


def test_equal_texts_are_listed_once_and_the_item_itself_not_at_all(cases: Path) -> None:
    saved(cases, a_numbered(1, "Same words."), a_numbered(2, "Same  words.", "Other."))
    assert len(texts(cases)) == 2
    with closing(RecallIndex(cases)) as index:
        found = index.search("", ANY, ("CM26-0000002", 1))
    assert [" ".join(each.text.split()) for each in found] == ["Same words."]


@pytest.mark.parametrize("typed", ['a"b', "NEAR(", "*", "-x", "AND", "\x00", "\ud800", '"'])
def test_hostile_words_find_nothing(cases: Path, typed: str) -> None:
    saved(cases, a_numbered(1, "Grip is weak."))
    assert texts(cases, typed) == []


# ── Whose they are ───────────────────────────────────────────────────────────────────────────


def test_only_files_that_this_account_wrote_last_are_read(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, _ = saved(cases, a_numbered(1, "Their secret."), a_numbered(2, "My words."))
    assert len(texts(cases)) == 2
    real = case_files
    their_uid = os.geteuid() + 1

    def owned(folder: Path) -> list[tuple[str, object]]:
        return [
            (name, SimpleNamespace(st_uid=their_uid) if name == theirs.name else status)
            for name, status in real(folder)
        ]

    monkeypatch.setattr(own_cases, "case_files", owned)
    assert texts(cases) == ["My words."]
    assert b"secret" not in file_of(cases).read_bytes()
    assert theirs.name.encode() not in file_of(cases).read_bytes()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to another account")
def test_a_case_that_another_account_edits_leaves_the_index(cases: Path) -> None:
    (path,) = saved(cases, a_numbered(1, "Grip is weak."))
    assert texts(cases) == ["Grip is weak."]
    os.chown(path, 12345, -1)
    assert texts(cases) == []


def test_imported_letters_only_if_the_reviewer_wrote_them(cases: Path) -> None:
    saved(cases, a_numbered(1, "Not mine.", imported=True))
    saved(cases, a_numbered(2, "Mine.", imported=True, own=True))
    assert texts(cases) == ["Mine."]


# ── How it keeps up ──────────────────────────────────────────────────────────────────────────


def test_only_what_has_changed_is_read(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imr_tui.store.worklist.case_files.RACY_NS", -(10**12))
    saved(cases, a_numbered(1, "One."), a_numbered(2, "Two."))
    read = list[str]()

    def note(path: Path) -> bytes:
        read.append(path.name)
        return path.read_bytes()

    monkeypatch.setattr(indexed_files, "read_bytes", note)
    assert len(texts(cases)) == 2
    assert len(read) == 2
    saved(cases, a_numbered(2, "Two, changed."))
    assert sorted(texts(cases)) == ["One.", "Two, changed."]
    assert read[2:] == ["CM26-0000002.toml"]


def test_a_removed_case_disappears_with_its_words(cases: Path) -> None:
    gone, _ = saved(cases, a_numbered(1, "Zyxomorph grip."), a_numbered(2, "Two."))
    assert len(texts(cases)) == 2
    gone.unlink()
    assert texts(cases) == ["Two."]
    assert b"Zyxomorph grip" not in file_of(cases).read_bytes()


def test_a_file_that_holds_no_case_is_passed_over(cases: Path) -> None:
    saved(cases, a_numbered(1, "One."))
    (cases / "CM26-0000002.toml").write_text("schema = [")
    (cases / "CM26-0000003.toml").write_bytes((cases / "CM26-0000001.toml").read_bytes())
    assert texts(cases) == ["One."]
    (cases / "CM26-0000001.toml").write_text("broken")
    assert texts(cases) == []


def test_building_tells_how_far_it_is_and_what_is_read_stays(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "BATCH_SECONDS", 0.0)
    monkeypatch.setattr("imr_tui.store.worklist.case_files.RACY_NS", -(10**12))
    saved(cases, *(a_numbered(at, f"Text {at}.") for at in range(5)))
    told = list[tuple[int, int]]()
    with closing(RecallIndex(cases)) as index:
        index.update(lambda *at: told.append(at), lambda: len(told) == 2)
        assert told == [(0, 5), (1, 5)]
        assert len(index.search("", ANY)) == 2
        index.update(lambda *at: told.append(at))
        assert told[2:] == [(0, 3), (1, 3), (2, 3)]
        assert len(index.search("", ANY)) == 5
        assert index.update() is False


def test_a_search_has_its_turn_while_files_are_read(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "BATCH_SECONDS", 60.0)
    saved(cases, *(a_numbered(at, f"Text {at}.") for at in range(40)))
    read, begun = indexed_files.read, threading.Event()

    def slowly(*given: Any) -> bool:
        begun.set()
        time.sleep(0.02)
        return read(*given)

    monkeypatch.setattr(indexed_files, "read", slowly)
    with closing(RecallIndex(cases)) as index:
        reader = threading.Thread(target=index.update)
        reader.start()
        begun.wait(10)
        assert 0 < len(index.search("text", ANY)) < 40
        reader.join()
        assert len(index.search("text", ANY)) == 40


# ── Its file ─────────────────────────────────────────────────────────────────────────────────


def test_the_file_is_private_whatever_it_was(cases: Path) -> None:
    saved(cases, a_numbered(1, "One."))
    assert texts(cases) == ["One."]
    file_of(cases).chmod(0o644)
    assert texts(cases) == ["One."]
    assert stat.S_IMODE(file_of(cases).stat().st_mode) == 0o600
    assert stat.S_IMODE(file_of(cases).parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content", [b"not a database " * 1000, b"", b"SQLite format 3\x00" + bytes(4000)]
)
def test_a_corrupt_file_is_made_again(cases: Path, content: bytes) -> None:
    saved(cases, a_numbered(1, "One."))
    assert texts(cases) == ["One."]
    file_of(cases).write_bytes(content)
    assert texts(cases) == ["One."]
    with closing(sqlite3.connect(file_of(cases))) as again:
        assert again.execute("SELECT count(*) FROM kept").fetchone() == (1,)


@pytest.mark.slow
def test_any_page_may_be_corrupt(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imr_tui.store.worklist.case_files.RACY_NS", -(10**12))
    saved(cases, *(a_numbered(at, f"Text {at}. " * 50) for at in range(8)))
    assert len(texts(cases, "text")) == 8
    whole = file_of(cases).read_bytes()
    assert len(whole) > 10 * 4096
    for at in range(0, len(whole), 4096):
        file_of(cases).write_bytes(whole[:at] + b"\xa5" * 4096 + whole[at + 4096 :])
        # The first search may be the one that finds it damaged.
        texts(cases, "text")
        assert len(texts(cases, "text")) == 8, at
        file_of(cases).unlink()


@pytest.mark.parametrize(
    "spoil",
    [
        f"PRAGMA user_version = {database.FORMAT + 1}",
        "UPDATE built SET by = 'another build'",
        "DROP TABLE kept",
        "DROP TABLE rationales",
        "DELETE FROM built",
    ],
)
def test_a_file_of_another_build_is_made_again(cases: Path, spoil: str) -> None:
    saved(cases, a_numbered(1, "One."))
    assert texts(cases) == ["One."]
    with closing(sqlite3.connect(file_of(cases))) as other:
        other.execute(spoil)
        other.commit()
    assert texts(cases) == ["One."]


def test_a_locked_file_is_left_alone_and_searched_as_it_is(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.01)
    saved(cases, a_numbered(1, "One."))
    assert texts(cases) == ["One."]
    saved(cases, a_numbered(2, "Two."))
    with closing(sqlite3.connect(file_of(cases), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert texts(cases) == ["One."]
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        inode = file_of(cases).stat().st_ino
        assert sorted(texts(cases)) == ["One.", "Two."]
        assert file_of(cases).stat().st_ino == inode
    assert sorted(texts(cases)) == ["One.", "Two."]


@pytest.mark.parametrize("kind", ["link", "folder", "second name"])
def test_another_kind_of_file_is_not_touched(cases: Path, tmp_path: Path, kind: str) -> None:
    saved(cases, a_numbered(1, "One."))
    make_account_folder(cases)
    other = tmp_path / "other"
    other.write_text("precious")
    other.chmod(0o640)
    if kind == "link":
        file_of(cases).symlink_to(other)
    elif kind == "folder":
        file_of(cases).mkdir()
    else:
        os.link(other, file_of(cases))
    assert texts(cases) == ["One."]
    assert other.read_text() == "precious"
    assert stat.S_IMODE(other.stat().st_mode) == 0o640


def test_without_a_disk_it_is_in_memory(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(cases, a_numbered(1, "One."))

    def refuse(_: Path) -> str:
        raise OSError("read-only file system")

    monkeypatch.setattr(database, "_private_file", refuse)
    assert texts(cases) == ["One."]
    assert not file_of(cases).exists()


def test_a_folder_that_is_gone_is_blank(cases: Path) -> None:
    with closing(RecallIndex(cases)) as index:
        cases.rename(cases.with_name("elsewhere"))
        assert index.update() is False
        assert index.search("", ANY) == ()


def test_a_closed_index_finds_nothing(cases: Path) -> None:
    saved(cases, a_case())
    index = RecallIndex(cases)
    index.close()
    assert index.update() is False
    assert index.search("a", ANY) == ()

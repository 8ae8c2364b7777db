"""`imr-tui doctor`: what it reports, and that it changes only what it is told to."""

import json
import os
import stat
from pathlib import Path

import pytest

from imr_tui.model import edits
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.locking.sessions import new_session
from imr_tui.store.recovery.journal import create
from tests.builders import NOW, NUMBER, a_complete_case, names
from tests.commands import Run, assert_refused

pytestmark = pytest.mark.process

TEXT = edits.set_summary(a_complete_case(), "A 50\N{DEGREE SIGN} bend.")


@pytest.fixture(autouse=True)
def private(cases: Path) -> None:
    """A folder that is for its owner only."""
    cases.chmod(0o700)


def put(cases: Path, data: bytes, name: str = f"{NUMBER}.toml") -> Path:
    path = cases / name
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with its mode and bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mode, path.read_bytes()) for path in files}


def originals(cases: Path) -> list[bytes]:
    place = cases / ".imr" / "originals"
    return [path.read_bytes() for path in place.iterdir()] if place.is_dir() else []


def test_a_good_folder(run: Run, cases: Path) -> None:
    put(cases, encode(TEXT))
    done = run("doctor", cases)
    assert done.code == 0
    assert done.out.endswith("No problems found.\n")
    for fact in ("terminal", "file system", "free", "locks", "can be written"):
        assert f"\n{fact}" in f"\n{done.out}"
    assert names(cases) == [f"{NUMBER}.toml"]


BROKEN = {
    "cp1252": (
        encode(TEXT).decode().encode("cp1252"),
        "not UTF-8",
        "converts it from Windows-1252",
    ),
    "utf-16": (encode(TEXT).decode().encode("utf-16"), "not UTF-8", "converts it from UTF-16"),
    "utf-16 be": (
        b"\xfe\xff" + encode(TEXT).decode().encode("utf-16-be"),
        "not UTF-8",
        "converts it from UTF-16",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_another_encoding_is_read_and_written_as_utf_8(run: Run, cases: Path, name: str) -> None:
    data, says, offer = BROKEN[name]
    path = put(cases, data)
    before = snapshot(cases)
    done = run("doctor", cases)
    assert done.code == 1
    assert says in done.out
    assert offer in done.out
    assert snapshot(cases) == before
    done = run("doctor", cases, "--repair", path.name)
    assert done.code == 0, done.out
    assert open_case(path).case == TEXT
    assert originals(cases) == [data]


def test_a_file_that_is_named_otherwise_is_renamed(run: Run, cases: Path) -> None:
    put(cases, encode(TEXT), "mine.toml")
    assert f"renames it to {NUMBER}.toml" in run("doctor", cases).out
    assert run("doctor", cases, "--repair", "mine.toml").code == 0
    assert [name for name in names(cases) if name != ".imr"] == [f"{NUMBER}.toml"]
    assert originals(cases) == [encode(TEXT)]


@pytest.mark.parametrize("data", [b"", b"half of a", encode(TEXT)[:200], b"schema = 1\n[case]\n"])
def test_a_broken_file_goes_back_to_its_last_version(run: Run, cases: Path, data: bytes) -> None:
    path = put(cases, data)
    done = run("doctor", cases)
    assert done.code == 1
    assert "--repair" not in done.out
    Versions(cases, NUMBER).note(encode(TEXT), Event.OPENED)
    os.utime(Versions(cases, NUMBER).all()[0].path, (NOW.timestamp(), NOW.timestamp()))
    Versions(cases, NUMBER).note(b"broken as well", Event.LEFT)
    assert "restores version 1 of 2026-11-23 09:30 UTC" in run("doctor", cases).out
    assert path.read_bytes() == data
    done = run("doctor", cases, "--repair", path.name)
    assert done.code == 0, done.out
    assert path.read_bytes() == encode(TEXT)
    assert originals(cases) == [data]


def test_a_case_that_is_gone_is_made_anew(run: Run, cases: Path) -> None:
    Versions(cases, NUMBER).note(encode(TEXT), Event.OPENED)
    assert f"{NUMBER}.toml is missing. Its last version is 1." in run("doctor", cases).out
    assert run("doctor", cases, "--repair", f"{NUMBER}.toml").code == 0
    assert (cases / f"{NUMBER}.toml").read_bytes() == encode(TEXT)


def test_files_that_hold_one_number_are_told(run: Run, cases: Path) -> None:
    put(cases, encode(TEXT))
    put(cases, encode(TEXT), f"{NUMBER} copy.toml")
    before = snapshot(cases)
    done = run("doctor", cases)
    assert done.out.count("has the same case number as") == 2
    assert "--repair" not in done.out
    assert snapshot(cases) == before


def test_modes_are_mended_when_told(run: Run, cases: Path) -> None:
    path = put(cases, encode(TEXT))
    path.chmod(0o644)
    cases.chmod(0o755)
    assert run("doctor", cases).out.count("Users other than the") == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert run("doctor", cases, "--repair", ".", "--repair", path.name).code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(cases.stat().st_mode) == 0o700


def test_left_over_files_are_removed_when_told(run: Run, cases: Path) -> None:
    put(cases, encode(TEXT))
    left = put(cases, b"x", f".{NUMBER}.toml.1.0123abcd.tmp")
    os.utime(left, (1, 1))
    assert "Killed sessions left 1 files behind" in run("doctor", cases).out
    assert left.exists()
    assert run("doctor", cases, "--repair", "leftovers").code == 0
    assert not left.exists()


def test_two_texts_of_a_case_are_told(run: Run, cases: Path) -> None:
    path = put(cases, encode(TEXT))
    file = open_case(path)
    path.write_bytes(encode(a_complete_case()))
    with pytest.raises(Exception, match="changed"):
        file.save(edits.set_summary(TEXT, "mine"))
    assert "has two versions" in run("doctor", cases).out


def test_only_what_is_offered_can_be_repaired(run: Run, cases: Path) -> None:
    put(cases, b"half")
    bad = put(cases, BROKEN["cp1252"][0], "CM26-0000002.toml")
    before = snapshot(cases)
    done = run("doctor", cases, "--repair", f"{NUMBER}.toml", "--repair", bad.name)
    assert_refused(done, 3, "There is no repair named .* Nothing was changed")
    assert snapshot(cases) == before


@pytest.mark.parametrize("make", ["link", "folder", "fifo"])
def test_what_is_no_file_is_told_and_left(run: Run, cases: Path, tmp_path: Path, make: str) -> None:
    path = cases / f"{NUMBER}.toml"
    (tmp_path / "target.toml").write_bytes(encode(TEXT))
    if make == "link":
        path.symlink_to(tmp_path / "target.toml")
    elif make == "folder":
        path.mkdir(mode=0o700)
    else:
        os.mkfifo(path)
    done = run("doctor", cases)
    assert done.code == 1
    assert f"{NUMBER}.toml: " in done.out
    assert "--repair" not in done.out


def test_json(run: Run, cases: Path) -> None:
    put(cases, BROKEN["cp1252"][0])
    told = json.loads(run("doctor", "--json", cases).out)
    assert told["schema"] == 1
    assert told["found"][0]["name"] == f"{NUMBER}.toml"
    assert told["found"][0]["repair"].startswith("converts it from")
    assert {"terminal", "folder", "repaired"} <= set(told)


def test_a_folder_that_is_none(run: Run, tmp_path: Path) -> None:
    assert_refused(run("doctor", tmp_path / "none"), 4, "There is no folder")


def test_a_journal_that_holds_a_text_is_told(run: Run, cases: Path) -> None:
    put(cases, encode(TEXT))
    journal = create(cases, NUMBER, new_session())
    journal.write(b"text")
    assert run("doctor", cases).code == 0
    journal.close(remove=False)
    done = run("doctor", cases)
    assert done.code == 1
    assert f"has changes to {NUMBER} that the last session could not save." in done.out
    assert journal.path.exists()

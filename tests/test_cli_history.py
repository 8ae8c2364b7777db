"""`imr-tui history`: what it lists, shows, compares and restores."""

import json
import os
from pathlib import Path

import pytest

from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from tests.builders import NOW, NUMBER, a_complete_case, saved
from tests.commands import Run, assert_refused

pytestmark = pytest.mark.process


def state(text: str) -> Case:
    return edits.set_summary(a_complete_case(), text)


@pytest.fixture
def path(cases: Path) -> Path:
    """A case with two versions, which holds a third state now."""
    versions = Versions(cases, NUMBER)
    for text, event in (("one", Event.OPENED), ("two", Event.LEFT)):
        versions.note(encode(state(text)), event)
        os.utime(versions.all()[0].path, (NOW.timestamp(), NOW.timestamp()))
    (path,) = saved(cases, state("three"))
    return path


def summary(path: Path) -> str:
    return open_case(path).case.summary.text


def test_versions_are_listed_newest_first(run: Run, path: Path) -> None:
    done = run("history", path)
    assert done.code == 0
    at = NOW.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    assert done.out.splitlines() == [f"     2  {at}  stage left", f"     1  {at}  opened"]


def test_versions_as_json(run: Run, path: Path) -> None:
    told = json.loads(run("history", "--json", path).out)
    assert told["schema"] == 1
    assert [(row["number"], row["event"]) for row in told["versions"]] == [
        (2, "stage left"),
        (1, "opened"),
    ]
    assert Path(told["versions"][1]["path"]).read_bytes() == encode(state("one"))


def test_a_version_is_shown_byte_for_byte(run: Run, path: Path) -> None:
    assert run("history", path, "--show", 1).out.encode() == encode(state("one"))


def test_what_differs_now(run: Run, path: Path) -> None:
    assert run("history", path, "--diff", 1).out.splitlines() == [
        "summary text",
        "  - one",
        "  + three",
    ]
    path.write_bytes(encode(state("one")))
    assert run("history", path, "--diff", 1).out == "No changes.\n"


def test_restoring_can_be_undone(run: Run, path: Path, cases: Path) -> None:
    done = run("history", path, "--restore", 1)
    assert (done.code, done.out) == (0, "")
    assert f"Restored {NUMBER} to version 1" in done.err
    assert "The previous state was kept as version 3" in done.err
    assert path.read_bytes() == encode(state("one"))
    assert run("history", path, "--restore", 3).code == 0
    assert summary(path) == "three"
    assert [version.event for version in Versions(cases, NUMBER).all()] == [
        *(Event.RESTORED, Event.RESTORED, Event.RESTORING, Event.LEFT, Event.OPENED),
    ]


@pytest.mark.parametrize("data", [b"", b"\xff\x00", b"schema = 99\n"])
def test_a_broken_case_is_restored_and_kept(run: Run, path: Path, cases: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert run("history", path, "--restore", 2).code == 0
    assert summary(path) == "two"
    assert Versions(cases, NUMBER).find(3).path.read_bytes() == data


def test_a_lost_case_is_restored(run: Run, path: Path) -> None:
    path.unlink()
    done = run("history", path, "--restore", 2)
    assert done.code == 0
    assert "until now" not in done.err
    assert summary(path) == "two"


def test_a_case_that_is_open_elsewhere_is_not_restored(run: Run, path: Path, cases: Path) -> None:
    held = claim(cases, NUMBER, Holder(who="drjane", host="ward"))
    before = path.read_bytes()
    assert_refused(run("history", path, "--restore", 1), 5, "drjane on ward.* has .* open")
    assert path.read_bytes() == before
    assert len(Versions(cases, NUMBER).all()) == 2
    held.release()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--show", "9"), "no version 9, only 1 to 2"),
        (("--diff", "9"), "no version 9"),
        (("--restore", "9"), "no version 9"),
        (("--restore", "1", "--show", "1"), "Use only one of"),
    ],
)
def test_what_cannot_be(run: Run, path: Path, arguments: tuple[str, ...], says: str) -> None:
    before = path.read_bytes()
    assert_refused(run("history", path, *arguments), 3, says)
    assert path.read_bytes() == before


def test_a_version_of_another_case_is_not_restored(run: Run, path: Path, cases: Path) -> None:
    version = Versions(cases, NUMBER).find(1)
    version.path.write_bytes(encode(state("one")).replace(NUMBER.encode(), b"CM26-0000009"))
    assert_refused(run("history", path, "--restore", 1), 3, "is a version of another case")
    assert summary(path) == "three"


def test_a_case_without_versions_and_a_folder(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    assert run("history", path).out == f"No earlier version of {NUMBER} yet.\n"
    assert_refused(run("history", cases), 3, "is a folder, not a case file")

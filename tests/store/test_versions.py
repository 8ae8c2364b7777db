"""Earlier versions: kept at the points that mean something, bounded, never mixed up by a clock."""

import os
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from imr_tui.errors import BadInput
from imr_tui.store.history import versions as module
from imr_tui.store.history.versions import KEPT, Event, Version, Versions, cases_with_versions
from tests.builders import NOW, NUMBER


@pytest.fixture
def versions(cases: Path) -> Versions:
    """The versions of a case that has none yet."""
    return Versions(cases, NUMBER)


def texts(versions: Versions) -> list[bytes]:
    return [version.path.read_bytes() for version in versions.all()]


def test_what_is_noted_comes_back_newest_first(versions: Versions) -> None:
    assert versions.all() == []
    assert versions.note(b"one", Event.OPENED)
    assert versions.note(b"two", Event.LEFT)
    assert texts(versions) == [b"two", b"one"]
    date(versions.all()[0], NOW)
    (two, one) = versions.all()
    assert (two.number, two.event, two.at) == (2, Event.LEFT, NOW)
    assert (one.number, one.event) == (1, Event.OPENED)


def test_the_same_again_is_no_version_unless_it_is_worth_telling(versions: Versions) -> None:
    versions.note(b"one", Event.OPENED)
    assert not versions.note(b"one", Event.LEFT)
    assert versions.note(b"one", Event.LETTER)
    versions.note(b"two", Event.LEFT)
    assert versions.note(b"one", Event.LEFT)
    assert texts(versions) == [b"one", b"two", b"one", b"one"]


def test_the_last_ones_are_kept(versions: Versions) -> None:
    for number in range(KEPT + 7):
        versions.note(b"%d" % number, Event.LEFT)
    assert texts(versions) == [b"%d" % number for number in range(KEPT + 6, 6, -1)]
    assert versions.all()[0].number == KEPT + 7


def date(version: Version, at: datetime) -> None:
    os.utime(version.path, (at.timestamp(), at.timestamp()))


def test_a_clock_that_goes_back_changes_no_order(versions: Versions) -> None:
    for years in (0, -10, 10, -20):
        versions.note(b"%d" % years, Event.LEFT)
        date(versions.all()[0], NOW + timedelta(days=365 * years))
    assert texts(versions) == [b"-20", b"10", b"-10", b"0"]


def test_only_the_owner_may_read_them(versions: Versions, cases: Path) -> None:
    versions.note(b"one", Event.OPENED)
    (version,) = versions.all()
    assert stat.S_IMODE(version.path.stat().st_mode) == 0o600
    for folder in (cases / ".imr", version.path.parent, version.path.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_others_put_there_is_passed_over(versions: Versions) -> None:
    versions.note(b"one", Event.OPENED)
    folder = versions.all()[0].path.parent
    for name in (
        *("notes.txt", "000002-dreamt.toml", "2-opened.toml"),
        "000003-opened.toml.txt",
    ):
        (folder / name).write_bytes(b"x")
    assert texts(versions) == [b"one"]


def test_two_that_note_at_once_overwrite_nothing(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions.note(b"one", Event.OPENED)
    stale = versions.all()
    versions.note(b"theirs", Event.LEFT)
    monkeypatch.setattr(versions, "all", lambda: stale)
    assert versions.note(b"mine", Event.LEFT)
    monkeypatch.undo()
    assert texts(versions) == [b"mine", b"theirs", b"one"]


def test_a_version_is_found_by_number_or_bytes(versions: Versions) -> None:
    with pytest.raises(BadInput, match=f"{NUMBER} has no earlier versions"):
        versions.find(1)
    versions.note(b"one", Event.OPENED)
    versions.note(b"two", Event.LEFT)
    assert versions.find(1).path.read_bytes() == b"one"
    with pytest.raises(BadInput, match="no version 7, only 1 to 2"):
        versions.find(7)
    found = versions.find_bytes(b"one")
    assert found is not None
    assert found.number == 1
    assert versions.find_bytes(b"three") is None


def test_the_last_ones_stay(versions: Versions) -> None:
    for number in range(5):
        versions.note(b"%d" % number, Event.LEFT)
    assert versions.drop_all_but(3) == 2
    assert texts(versions) == [b"4", b"3", b"2"]
    assert versions.drop_all_but(3) == 0


@pytest.mark.parametrize("text", [f'hold = ["{NUMBER.lower()}"]', "hold = 3", "nonsense"])
def test_the_bound_is_not_for_a_case_on_hold(versions: Versions, cases: Path, text: str) -> None:
    """Nor where it cannot be read whether it is one."""
    versions.note(b"x", Event.OPENED)
    (cases / ".imr" / "settings.toml").write_text(text)
    for number in range(KEPT + 7):
        versions.note(b"%d" % number, Event.LEFT)
    assert len(versions.all()) == KEPT + 8


def test_cases_with_versions(cases: Path, versions: Versions) -> None:
    assert list(cases_with_versions(cases)) == []
    versions.note(b"one", Event.OPENED)
    assert list(cases_with_versions(cases)) == [NUMBER]


def test_every_event_has_a_name_of_its_own() -> None:
    assert len({event.value for event in Event}) == len(Event)
    for event in Event:
        assert module._NAME.fullmatch(f"000001-{event.value}.toml")

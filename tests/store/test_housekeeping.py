"""What every start does: leftovers go, versions go by the site's policy, cases never."""

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from imr_tui.errors import BadInput, CannotStore
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import Retention, load_settings
from imr_tui.store.history.replaced import keep_original
from imr_tui.store.history.versions import Event
from imr_tui.store.intake.closing import Closing, close_case, is_closed
from imr_tui.store.intake.new_facts import keep_new_facts, new_facts
from imr_tui.store.intake.received import keep_received, received
from imr_tui.store.maintenance.housekeeping import ALWAYS_KEPT, tidy
from imr_tui.store.maintenance.trusted_time import Ledger, Uptime
from imr_tui.store.safety import atomic
from tests.builders import NOW, NUMBER, a_complete_case, saved

pytestmark = pytest.mark.process

UNKNOWN = Uptime("", 0.0)
"""A machine that does not tell for how long it runs."""
DAY = timedelta(days=1)


def dated(folder: Folder, at: datetime = NOW) -> None:
    """Have everything that is kept be of that time, by the clock."""
    for path in folder.own("").rglob("*.toml"):
        os.utime(path, (at.timestamp(), at.timestamp()))


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A case with five versions and an original, and a left-over file."""
    folder = Folder(cases)
    (path,) = saved(folder.path, a_complete_case())
    for number in range(5):
        folder.versions(NUMBER).note(b"%d" % number, Event.OPENED)
    keep_original(path, b"by hand")
    dated(folder)
    left = folder.path / f".{NUMBER}.toml.1.0123abcd.tmp"
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    return folder


def count(folder: Folder) -> int:
    return len(folder.versions(NUMBER).all())


def originals(folder: Folder) -> int:
    return len(list(folder.own("originals").iterdir()))


def daily(folder: Folder, retention: Retention, days: int, first: int = 0) -> None:
    """A start on each day from the first one to that after so many days."""
    for day in range(first, days + 1):
        tidy(folder, retention, NOW + day * DAY, UNKNOWN)


@pytest.mark.parametrize(("setting", "days", "kept"), [(30, 29, 5), (30, 31, 3), (0, 50, 5)])
def test_versions_go_by_the_policy_and_three_stay(
    folder: Folder, setting: int, days: int, kept: int
) -> None:
    daily(folder, Retention(setting), days)
    assert count(folder) == kept
    texts = [version.path.read_bytes() for version in folder.versions(NUMBER).all()]
    assert texts[:3] == [b"4", b"3", b"2"]
    assert folder.path_of(NUMBER).read_bytes() == encode(a_complete_case())
    assert not list(folder.path.glob(".*.tmp"))


@pytest.mark.parametrize(("setting", "days", "kept"), [(9, 8, 5), (9, 10, 0), (0, 50, 5)])
def test_the_versions_of_a_removed_case_have_a_policy_of_their_own(
    folder: Folder, setting: int, days: int, kept: int
) -> None:
    daily(folder, Retention(0, setting), 20)
    assert count(folder) == 5
    folder.path_of(NUMBER).unlink()
    daily(folder, Retention(0, setting), 20 + days, 20)
    assert count(folder) == kept


@pytest.mark.parametrize(("setting", "days", "kept"), [(9, 8, 1), (9, 10, 0), (0, 50, 1)])
def test_originals_have_a_policy_of_their_own(
    folder: Folder, setting: int, days: int, kept: int
) -> None:
    daily(folder, Retention(1, 1, setting), days)
    assert originals(folder) == kept


def test_of_a_case_on_hold_nothing_goes(folder: Folder) -> None:
    folder.own("settings.toml").write_text(
        f'history_days = 1\nremoved_days = 1\noriginals_days = 1\nhold = ["{NUMBER}"]\n'
    )
    daily(folder, load_settings(folder).retention, 10)
    folder.path_of(NUMBER).unlink()
    daily(folder, load_settings(folder).retention, 20, 11)
    assert (count(folder), originals(folder)) == (5, 1)


@pytest.mark.parametrize(("hold", "is_kept"), [(frozenset[str](), False), ({NUMBER.lower()}, True)])
def test_what_was_received_of_a_removed_case_goes_after_its_days(
    folder: Folder, hold: frozenset[str], is_kept: bool
) -> None:
    keep_received(folder.path, a_complete_case())
    keep_new_facts(folder.path, a_complete_case())
    close_case(folder.path, NUMBER, Closing("withdrawn"))
    dated(folder)
    retention = Retention(1, 5, 1, frozenset(hold))
    daily(folder, retention, 10)
    assert received(folder.path, NUMBER) is not None
    folder.path_of(NUMBER).unlink()
    daily(folder, retention, 13, 11)
    assert received(folder.path, NUMBER) is not None
    daily(folder, retention, 20, 14)
    found = [received(folder.path, NUMBER), new_facts(folder.path, NUMBER)]
    assert [each is not None for each in found] == [is_kept] * 2
    assert is_closed(folder.path, NUMBER) == is_kept


def test_a_version_that_is_new_starts_the_days_again(folder: Folder) -> None:
    daily(folder, Retention(30), 29)
    folder.versions(NUMBER).note(b"new", Event.LEFT)
    dated(folder)
    daily(folder, Retention(30), 58, 30)
    assert count(folder) == 6
    daily(folder, Retention(30), 61, 59)
    assert count(folder) == 3


ALL = Retention(1, 1, 1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("up", [UNKNOWN, Uptime("a", 100.0)], ids=["unknown", "running"])
@pytest.mark.parametrize(
    "clocks",
    [
        (40 * DAY,),
        (0 * DAY, 40 * DAY),
        (0 * DAY, 40 * DAY, 40 * DAY + HOUR, 40 * DAY + 2 * HOUR),
        (0 * DAY, 4000 * DAY, 0 * DAY, 4000 * DAY, 0 * DAY),
        (0 * DAY, -4000 * DAY, 0 * DAY, 40 * DAY),
        (-4000 * DAY, 0 * DAY, 40 * DAY),
        (0 * DAY, 100 * DAY, 200 * DAY, 300 * DAY, 400 * DAY),
    ],
)
def test_a_clock_that_jumps_drops_nothing(
    folder: Folder, clocks: tuple[timedelta, ...], up: Uptime
) -> None:
    folder.path_of(NUMBER).unlink()
    dated(folder, NOW - 9999 * DAY)
    for clock in clocks:
        tidy(folder, ALL, NOW + clock, up)
        assert (count(folder), originals(folder)) == (5, 1)


def test_a_running_machine_shows_that_a_long_pause_was_one(folder: Folder) -> None:
    tidy(folder, Retention(30), NOW, Uptime("a", 100.0))
    tidy(folder, Retention(30), NOW + 40 * DAY, Uptime("a", 100.0 + 40 * 86_400))
    assert count(folder) == 3


def test_a_ledger_that_is_lost_or_broken_starts_again(folder: Folder) -> None:
    for text in ("", "[]", "{}", "null", '{"passed": 1e99}', '{"passed": NaN}', "[" * 99_999):
        daily(folder, ALL, 0)
        folder.own("days.json").write_text(text)
        for _ in range(2):
            tidy(folder, ALL, NOW + 9 * DAY, UNKNOWN)
        assert (count(folder), originals(folder)) == (5, 1)


def test_without_a_ledger_on_the_disk_nothing_goes(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily(folder, ALL, 0)

    def full(*_: object) -> None:
        raise CannotStore("no space left on device")

    monkeypatch.setattr(atomic, "write", full)
    daily(folder, ALL, 9, 2)
    assert (count(folder), originals(folder)) == (5, 1)


@dataclass
class Start:
    """A start of the program."""

    after: float
    """Hours since the one before, truly."""
    error: float
    """Days by which the clock is wrong."""
    machine: int
    """Which of two machines it is on."""
    is_boot: bool
    """Whether that was booted since the last start on it."""


_starts = st.lists(
    st.builds(
        Start,
        st.one_of(st.floats(0, 40), st.floats(0, 2000)),
        st.one_of(st.just(0.0), st.floats(-3, 3), st.floats(-4000, 4000)),
        st.integers(0, 1),
        st.booleans(),
    ),
    max_size=40,
)


class Machines:
    """Two machines, each of which counts the time since its boot."""

    def __init__(self) -> None:
        self._booted = {0: (0, -1e5), 1: (0, -2e5)}
        self._last = {0: 0.0, 1: 0.0}

    def at(self, start: Start, hours: float) -> Uptime:
        """What the machine of `start` tells, so many hours after the first one."""
        count, since = self._booted[start.machine]
        if start.is_boot:
            count, since = count + 1, (self._last[start.machine] + hours) / 2
            self._booted[start.machine] = count, since
        self._last[start.machine] = hours
        name = "ab"[start.machine]
        return Uptime(f"{name}{count}", 3600 * (hours - since), name)


@pytest.mark.slow
@given(_starts, st.integers(1, 5), st.integers(1, 5), st.floats(0, 4000), st.lists(st.booleans()))
def test_nothing_younger_than_its_days_ever_goes(
    starts: list[Start], days: int, removed: int, dated_back: float, notes: list[bool]
) -> None:
    """Whatever the clocks of two machines say; and of a case that is there, three stay."""
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place))
        (path,) = saved(folder.path, a_complete_case())
        hours, newest, known, machines = 0.0, 0.0, 0, Machines()
        made = {}
        for at, start in enumerate(starts):
            hours += start.after
            if at < 4 or (at < len(notes) and notes[at]):
                folder.versions(NUMBER).note(b"%d" % at, Event.LEFT)
                made[b"%d" % at], newest, known = hours, hours, known + 1
                dated(folder, NOW - timedelta(days=dated_back))
            now = NOW + timedelta(hours=hours, days=start.error)
            tidy(folder, Retention(days, removed), now, machines.at(start, hours))
            left = {version.path.read_bytes() for version in folder.versions(NUMBER).all()}
            assert len(left) >= min(known, ALWAYS_KEPT)
            if hours - newest < 24 * days:
                assert {text for text, when in made.items() if hours - when < 24 * days} <= left
        path.unlink()
        gone = hours
        for start in starts:
            hours += start.after
            now = NOW + timedelta(hours=hours, days=start.error)
            tidy(folder, Retention(days, removed), now, machines.at(start, hours))
            if hours - gone < 24 * removed:
                assert len(folder.versions(NUMBER).all()) >= min(known, ALWAYS_KEPT)


@given(_starts)
@example(
    [
        Start(7.0, 0.0, 1, False),
        Start(0.0, 0.0, 0, False),
        Start(0.0, 0.0, 0, False),
        Start(0.0, 0.0, 0, False),
        Start(121.0, 0.0, 1, True),
    ]
)
@example([Start(0.0, 0.0, 0, False), Start(100.0, 0.0, 1, False), Start(50.0, 0.0, 0, False)])
def test_no_age_is_more_than_the_truth(starts: list[Start]) -> None:
    """Whichever of two machines saw the file first, and which of them asks."""
    ledger, hours, machines = Ledger(), 0.0, Machines()
    seen: dict[str, float] = {}
    for at, start in enumerate(starts):
        hours += start.after if at else 0.0
        now = NOW + timedelta(hours=hours, days=start.error)
        ledger.start(now, machines.at(start, hours))
        seen[f"file {at}"] = hours
        for name, since in seen.items():
            assert ledger.age_days(name) <= (hours - since) / 24 + 1e-6


def test_machines_in_turn_do_not_stop_the_time() -> None:
    ledger = Ledger()
    for day in range(60):
        up = Uptime("ab"[day % 2], 86_400.0 * day, "ab"[day % 2])
        ledger.start(NOW + timedelta(days=day), up)
        age = ledger.age_days("file")
    assert 57 < age <= 59


def test_a_machine_that_is_booted_every_day_counts_the_hours_that_it_runs() -> None:
    ledger = Ledger()
    for day in range(91):
        for hour in (0, 8):
            up = Uptime(f"boot {day}", 60 + 3600 * hour, "machine")
            ledger.start(NOW + timedelta(days=day, hours=hour), up)
            age = ledger.age_days("file")
    assert 29 < age < 31


def test_the_policy_is_a_setting(folder: Folder) -> None:
    assert load_settings(folder).retention == Retention(30, 365, 365, frozenset())
    folder.own("settings.toml").write_text('history_days = 7\nhold = ["CM1", "CM2"]\n')
    assert load_settings(folder).retention == Retention(7, 365, 365, frozenset({"cm1", "cm2"}))
    for wrong in ("history_days = -1", "removed_days = -1", 'hold = "CM1"', 'hold = ["a b"]'):
        folder.own("settings.toml").write_text(wrong + "\n")
        with pytest.raises(BadInput, match=wrong.split(" ", maxsplit=1)[0]):
            load_settings(folder)

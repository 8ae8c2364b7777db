"""The saver: the latest value reaches the disk, failures are told and tried again."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore, Conflict, ImrError, KeptElsewhere
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases import saver as saver_module
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.saver import Saver
from imr_tui.store.cases.slow_save import STUCK_SECONDS
from tests.builders import a_case, saved

pytestmark = pytest.mark.process

LONG = 10.0
"""Seconds after which a wait that should have ended counts as a failure."""


def numbered(count: int) -> Case:
    return edits.set_summary(a_case(), f"state {count}")


class Disk:
    """A disk that can be held and can fail, and remembers what it was given."""

    def __init__(self) -> None:
        self.written: list[Case] = []
        self.attempts = 0
        self.reports: list[ImrError | None] = []
        self.failures = 0
        self.error: Exception = CannotStore("disk full")
        self.free = threading.Event()
        self.free.set()
        self.changed = threading.Condition()

    def write(self, case: Case) -> None:
        with self.changed:
            self.attempts += 1
            self.changed.notify_all()
        assert self.free.wait(LONG)
        if self.failures:
            self.failures -= 1
            raise self.error
        self.written.append(case)

    def report(self, error: ImrError | None) -> None:
        with self.changed:
            self.reports.append(error)
            self.changed.notify_all()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(condition, LONG)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def disk() -> Disk:
    """A disk that works."""
    return Disk()


@pytest.fixture
def saver(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Saver[Case]]:
    """A saver on that disk which tries again at once."""
    monkeypatch.setattr(saver_module, "RETRY_SECONDS", 0.001)
    saver = Saver(disk.write, disk.report)
    yield saver
    disk.free.set()
    disk.failures = 0
    saver.close()


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "saver"]


def test_what_is_put_is_written(saver: Saver[Case], disk: Disk) -> None:
    saver.put(numbered(1))
    assert saver.flush(LONG)
    assert disk.written == [numbered(1)]
    disk.wait_for(lambda: disk.reports == [None])


def test_nothing_put_is_nothing_to_wait_for(saver: Saver[Case], disk: Disk) -> None:
    assert saver.flush(0)
    assert disk.attempts == 0


def test_put_returns_while_the_disk_is_busy_and_the_latest_value_wins(
    saver: Saver[Case], disk: Disk
) -> None:
    disk.free.clear()
    saver.put(numbered(0))
    disk.wait_for(lambda: disk.attempts == 1)
    for count in range(1, 100):
        saver.put(numbered(count))
    assert not saver.flush(0.01)
    disk.free.set()
    assert saver.flush(LONG)
    assert disk.written == [numbered(0), numbered(99)]


def test_flush_waits_for_the_write_under_way(saver: Saver[Case], disk: Disk) -> None:
    disk.free.clear()
    saver.put(numbered(1))
    disk.wait_for(lambda: disk.attempts == 1)
    assert not saver.flush(0.01)
    assert disk.written == []
    disk.free.set()
    assert saver.flush(LONG)
    assert disk.written == [numbered(1)]


def test_a_failure_is_reported_and_retried_until_it_works(saver: Saver[Case], disk: Disk) -> None:
    disk.failures = 3
    saver.put(numbered(1))
    assert saver.flush(LONG)
    assert disk.written == [numbered(1)]
    disk.wait_for(lambda: len(disk.reports) == 4)
    assert disk.reports == [disk.error] * 3 + [None]


def test_flush_gives_up_while_the_disk_fails(saver: Saver[Case], disk: Disk) -> None:
    disk.failures = 1_000_000
    saver.put(numbered(1))
    assert not saver.flush(0.02)
    assert disk.written == []


def test_after_a_failure_the_newest_value_is_written(saver: Saver[Case], disk: Disk) -> None:
    disk.failures = 1
    disk.free.clear()
    saver.put(numbered(1))
    disk.wait_for(lambda: disk.attempts == 1)
    saver.put(numbered(2))
    disk.free.set()
    assert saver.flush(LONG)
    assert disk.written == [numbered(2)]


def test_flush_may_be_told_not_to_wait(
    saver: Saver[Case], disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver_module, "FLUSH_SECONDS", LONG)
    disk.free.clear()
    saver.put(numbered(1))
    later = threading.Timer(0.2, disk.free.set)
    later.start()
    flushed = saver.flush(0)
    later.join()
    assert not flushed


def test_flush_waits_as_long_as_is_usual(
    saver: Saver[Case], disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver_module, "FLUSH_SECONDS", 0.01)
    disk.free.clear()
    saver.put(numbered(1))
    assert not saver.flush()
    monkeypatch.setattr(saver_module, "FLUSH_SECONDS", LONG)
    disk.free.set()
    assert saver.flush()


def test_idle_is_when_all_is_on_the_disk(saver: Saver[Case], disk: Disk) -> None:
    assert saver.is_idle
    disk.free.clear()
    saver.put(numbered(1))
    assert not saver.is_idle
    disk.wait_for(lambda: disk.attempts == 1)
    assert not saver.is_idle
    disk.free.set()
    assert saver.flush(LONG)
    assert saver.is_idle


def test_the_lag_is_that_of_states_and_not_of_tasks(saver: Saver[Case], disk: Disk) -> None:
    assert saver.lag == 0
    saver.put(numbered(1))
    assert saver.flush()
    assert saver.lag == 0
    busy, done = threading.Event(), threading.Event()

    def task() -> None:
        busy.set()
        done.wait(LONG)

    saver.then(task)
    busy.wait(LONG)
    assert not saver.is_idle
    assert saver.lag == 0
    saver.put(numbered(2))
    first = saver.lag
    assert first > 0
    assert saver.lag > first
    done.set()
    assert saver.flush()
    assert saver.lag == 0


def test_close_ends_the_thread(disk: Disk) -> None:
    before = threads()
    saver = Saver(disk.write, disk.report)
    assert len(threads()) == len(before) + 1
    saver.put(numbered(1))
    assert saver.flush(LONG)
    saver.close()
    saver.close()
    assert threads() == before
    assert disk.written == [numbered(1)]


def test_close_waits_for_the_write_under_way(disk: Disk) -> None:
    saver = Saver(disk.write, disk.report)
    disk.free.clear()
    saver.put(numbered(1))
    disk.wait_for(lambda: disk.attempts == 1)
    later = threading.Timer(0.02, disk.free.set)
    later.start()
    saver.close()
    assert disk.written == [numbered(1)]
    later.join()


def test_close_gives_up_on_a_disk_that_fails(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = threads()
    monkeypatch.setattr(saver_module, "RETRY_SECONDS", LONG)
    saver = Saver(disk.write, disk.report)
    disk.failures = 1_000_000
    saver.put(numbered(1))
    disk.wait_for(lambda: len(disk.reports) == 1)
    assert not saver.flush(0.02)
    saver.close()
    assert threads() == before
    assert disk.written == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_unforeseen_failure_does_not_end_the_saving(saver: Saver[Case], disk: Disk) -> None:
    disk.failures = 1
    disk.error = RuntimeError("unforeseen")
    saver.put(numbered(1))
    disk.wait_for(lambda: disk.attempts == 1)
    saver.put(numbered(2))
    assert saver.flush(0.5)
    assert disk.written[-1] == numbered(2)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_report_that_fails_does_not_end_the_saving(disk: Disk) -> None:
    def report(error: ImrError | None) -> None:
        disk.report(error)
        raise RuntimeError("nobody listens")

    saver = Saver(disk.write, report)
    saver.put(numbered(1))
    disk.wait_for(lambda: len(disk.reports) == 1)
    saver.put(numbered(2))
    flushed = saver.flush(0.5)
    saver.close()
    assert flushed


def test_the_file_holds_the_last_of_many_values(cases: Path, disk: Disk) -> None:
    (path,) = saved(cases, a_case())
    saver = Saver(open_case(path).save, disk.report)
    for count in range(200):
        saver.put(numbered(count))
    assert saver.flush(LONG)
    saver.close()
    assert open_case(path).case == numbered(199)
    assert [entry.name for entry in cases.iterdir()] == [path.name]
    assert set(disk.reports) == {None}


def test_a_conflict_is_told_and_not_tried_again(saver: Saver[Case], disk: Disk) -> None:
    disk.error, disk.failures = Conflict("changed elsewhere"), 1
    saver.put(numbered(1))
    disk.wait_for(lambda: len(disk.reports) == 1)
    assert saver.flush(LONG)
    assert isinstance(disk.reports[0], Conflict)
    saver.put(numbered(2))
    assert saver.flush(LONG)
    assert (disk.attempts, disk.written) == (2, [numbered(2)])


def test_a_task_comes_after_what_was_put_before_it(saver: Saver[Case], disk: Disk) -> None:
    seen: list[int] = []
    disk.free.clear()
    saver.put(numbered(1))
    saver.then(lambda: seen.append(len(disk.written)))
    assert not saver.flush(0.01)
    disk.free.set()
    assert saver.flush(LONG)
    assert seen == [1]


def test_a_task_that_fails_stops_nothing(saver: Saver[Case], disk: Disk) -> None:
    def fail() -> None:
        raise ValueError("nobody's concern")

    saver.then(fail)
    assert saver.flush(LONG)
    assert isinstance(saver.callback_error, ValueError)
    saver.put(numbered(1))
    assert saver.flush(LONG)
    assert disk.written == [numbered(1)]


def test_a_newer_state_is_tried_at_once_after_a_failure(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver_module, "RETRY_SECONDS", LONG)
    saver = Saver(disk.write, disk.report)
    disk.failures = 1
    saver.put(numbered(1))
    disk.wait_for(lambda: len(disk.reports) == 1)
    saver.put(numbered(2))
    assert saver.flush(LONG / 2)
    assert disk.written == [numbered(2)]
    saver.close()


def test_a_failure_that_took_long_is_tried_again_at_once(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver_module, "RETRY_SECONDS", 2 * LONG)
    monkeypatch.setattr(saver_module, "time", clock := Clock())

    def write(case: Case) -> None:
        clock.now += 3 * LONG
        disk.write(case)

    saver = Saver(write, disk.report, pause=2 * LONG)
    disk.failures = 1
    saver.put(numbered(1))
    disk.wait_for(lambda: len(disk.reports) == 2)
    assert disk.written == [numbered(1)]
    saver.close()


def test_what_is_kept_elsewhere_is_kept_and_not_saved(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver_module, "RETRY_SECONDS", LONG)
    saver = Saver(disk.write, disk.report)
    disk.error, disk.failures = KeptElsewhere("disk full; kept in the journal"), 1
    saver.put(numbered(1))
    assert saver.flush(LONG, or_kept=True)
    assert not saver.flush(0.01)
    assert saver.is_kept
    assert not saver.is_idle
    disk.error, disk.failures = CannotStore("disk full"), 1
    saver.put(numbered(2))
    disk.wait_for(lambda: len(disk.reports) == 2)
    assert not saver.flush(0.01, or_kept=True)
    assert not saver.is_kept
    saver.close()


def test_a_save_that_does_not_come_back_has_every_state_kept_elsewhere(disk: Disk) -> None:
    kept: list[Case] = []

    def keep(case: Case) -> bool:
        with disk.changed:
            kept.append(case)
            disk.changed.notify_all()
        return len(kept) > 1

    saver = Saver(disk.write, disk.report, keep)
    disk.free.clear()
    saver.put(numbered(1))
    disk.wait_for(lambda: len(kept) == 2)
    saver.put(numbered(2))
    disk.wait_for(lambda: len(kept) == 3)
    assert kept == [numbered(1), numbered(1), numbered(2)]
    assert saver.flush(0.3, or_kept=True)
    disk.free.set()
    assert saver.flush(LONG)
    assert disk.written == [numbered(1), numbered(2)]
    saver.close()


def test_a_save_that_comes_back_is_waited_for(disk: Disk) -> None:
    saver = Saver(disk.write, disk.report, lambda case: True)
    disk.free.clear()
    saver.put(numbered(1))
    later = threading.Timer(3 * STUCK_SECONDS, disk.free.set)
    later.start()
    assert saver.flush(LONG, or_kept=True)
    assert disk.written == [numbered(1)]
    later.join()
    saver.close()

"""Where locks do not work, sessions see each other by beacons, and no text replaces another's."""

import errno
import fcntl
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore, ChangedElsewhere
from imr_tui.model import edits
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import CaseFile, open_case
from imr_tui.store.cases.editor_file import left_behind, put_out
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import Retention
from imr_tui.store.history.versions import Event
from imr_tui.store.locking import beacon, claim as claims, lock_file, sessions
from imr_tui.store.locking.beacon import Beacon, beat_of
from imr_tui.store.locking.claim import ask, claim, holder
from imr_tui.store.locking.holder import Held, Holder
from imr_tui.store.maintenance.housekeeping import tidy
from imr_tui.store.maintenance.orphan_files import leftovers
from imr_tui.store.maintenance.trusted_time import Uptime
from imr_tui.store.recovery import asides
from tests.builders import NOW, NUMBER, a_complete_case, saved

pytestmark = pytest.mark.process

ME = Holder(who="drjane", host="ward-3", pid=os.getpid(), since=NOW)
OTHER = Holder(who="drjoe", host="home", pid=2, since=NOW)
REFUSALS = [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF, errno.EIO]


class Clock:
    """Stands for the clock that nobody can set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    return clock


def refuse(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def flock(descriptor: int, operation: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", flock)


@pytest.fixture(params=[*REFUSALS, "everybody gets it", "over the network"])
def no_locks(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Every way in which locks do not work."""
    if request.param == "everybody gets it":
        monkeypatch.setattr(fcntl, "flock", lambda descriptor, operation: None)
    elif request.param == "over the network":
        # Each session is on a machine of its own, and locks reach none but that.
        monkeypatch.setattr(fcntl, "flock", lambda descriptor, operation: None)
        monkeypatch.setattr(lock_file, "is_remote", lambda path: True)
    else:
        refuse(monkeypatch, request.param)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other session's process cannot be seen."""
    monkeypatch.setattr(beacon, "this_process", lambda: sessions.Process("", 1, ""))


# ── The claim ──


@pytest.mark.usefixtures("no_locks", "clock")
def test_the_second_session_is_told_who_has_the_case(cases: Path) -> None:
    first = claim(cases, NUMBER, ME)
    for _ in range(2):
        with pytest.raises(Held) as caught:
            claim(cases, NUMBER, OTHER)
        assert str(caught.value).startswith("drjane on ward-3 since ")
    found = holder(cases, NUMBER)
    assert found is not None
    assert found.who == "drjane"
    first.release()
    assert holder(cases, NUMBER) is None
    assert claim(cases, NUMBER, OTHER).is_held


@pytest.mark.usefixtures("no_locks", "elsewhere")
def test_one_that_is_renewed_is_never_taken_over(cases: Path, clock: Clock) -> None:
    first = claim(cases, NUMBER, ME)
    for _ in range(600):
        clock.now += 1
        assert first.renew()
        assert holder(cases, NUMBER) is not None
    with pytest.raises(Held):
        claim(cases, NUMBER, OTHER)


@pytest.mark.usefixtures("no_locks", "elsewhere")
def test_one_that_stands_still_is_taken_over_after_two_minutes_of_looking(
    cases: Path, clock: Clock
) -> None:
    first = claim(cases, NUMBER, ME)
    # However long ago that was: a session that has just come knows nothing yet.
    clock.now += 10_000
    with pytest.raises(Held):
        claim(cases, NUMBER, OTHER)
    clock.now += beacon.STALE_SECONDS - 1
    assert holder(cases, NUMBER) is not None
    clock.now += 2
    assert holder(cases, NUMBER) is None
    second = claim(cases, NUMBER, OTHER)
    # The first one goes on, and sees that the case is no longer its own.
    assert not first.renew()
    first.release()
    assert second.renew()
    found = holder(cases, NUMBER)
    assert found is not None
    assert found.who == "drjoe"


@pytest.mark.usefixtures("no_locks", "elsewhere")
def test_the_clock_of_the_files_says_nothing(cases: Path, clock: Clock) -> None:
    claim(cases, NUMBER, ME)
    (path,) = (cases / ".imr" / "claims").iterdir()
    for when in (0, 2**33):
        os.utime(path, (when, when))
        with pytest.raises(Held):
            claim(cases, NUMBER, OTHER)


@pytest.mark.usefixtures("no_locks", "clock", "elsewhere")
@pytest.mark.parametrize("data", [b"", b"who = ", b"\xff", b'who = "x"\n'])
def test_one_that_cannot_be_read_is_in_doubt(cases: Path, clock: Clock, data: bytes) -> None:
    first = claim(cases, NUMBER, ME)
    (path,) = (cases / ".imr" / "claims").iterdir()
    path.write_bytes(data)
    with pytest.raises(Held):
        claim(cases, NUMBER, OTHER)
    clock.now += beacon.STALE_SECONDS + 1
    assert holder(cases, NUMBER) is None
    assert first.renew()


@pytest.mark.slow
@pytest.mark.usefixtures("no_locks")
def test_a_killed_process_of_this_machine_holds_nothing(cases: Path) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from tests.store.test_without_locks import *
import errno, fcntl
def flock(*_): raise OSError(errno.ENOLCK, "")
fcntl.flock = flock
claim(Path({str(cases)!r}), NUMBER, ME)
print("held", flush=True)
sys.stdin.read()
"""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Held):
            claim(cases, NUMBER, Holder(who="x", host="y", pid=os.getpid()))
        other.kill()
    # Its record names the tester's process, as ME does; what counts is the number of its own.
    (path,) = (cases / ".imr" / "claims").iterdir()
    path.write_text(path.read_text().replace(f"pid = {os.getpid()}", f"pid = {other.pid}"))
    assert claim(cases, NUMBER, ME).is_held


def test_a_session_with_locks_sees_one_without(
    cases: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock, elsewhere: None
) -> None:
    with monkeypatch.context() as there:
        refuse(there, errno.ENOLCK)
        first = claim(cases, NUMBER, ME)
    with pytest.raises(Held, match="drjane"):
        claim(cases, NUMBER, OTHER)
    assert holder(cases, NUMBER) is not None
    first.release()
    second = claim(cases, NUMBER, OTHER)
    refuse(monkeypatch, errno.ENOLCK)
    with pytest.raises(Held, match="drjoe"):
        claim(cases, NUMBER, ME)
    second.release()
    assert claim(cases, NUMBER, ME).is_held


def rush(cases: Path, number: str, count: int = 6) -> list[claims.Claim]:
    """The claims that so many sessions get which come at the same moment."""
    held: list[claims.Claim] = []
    start = threading.Barrier(count)

    def come() -> None:
        start.wait()
        with suppress(Held):
            held.append(claim(cases, number, ME))

    threads = [threading.Thread(target=come) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return held


def test_of_many_that_come_at_once_one_has_the_case(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, errno.ENOLCK)
    for count in range(20):
        number = f"CM26-{count:07}"
        held = rush(cases, number)
        assert len(held) == 1


def test_of_many_that_take_over_at_once_one_has_the_case(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, errno.ENOLCK)
    for count in range(10):
        number = f"CM26-{count:07}"
        claim(cases, number, ME)
        monkeypatch.setattr(beacon, "may_be_alive", lambda path, seen, has_lock: False)
        held = rush(cases, number)
        monkeypatch.undo()
        refuse(monkeypatch, errno.ENOLCK)
        assert len(held) == 1


@pytest.mark.usefixtures("no_locks", "clock", "elsewhere")
def test_it_can_be_asked_for_and_refused(cases: Path, clock: Clock) -> None:
    first = claim(cases, NUMBER, ME)
    request = ask(cases, NUMBER, OTHER)
    found = first.request()
    assert found is not None
    assert found.who == "drjoe"
    assert request.stands
    with pytest.raises(Held, match="drjoe"):
        ask(cases, NUMBER, ME)
    first.refuse()
    assert not request.stands
    request.withdraw()
    request = ask(cases, NUMBER, OTHER)
    for _ in range(300):
        clock.now += 1
        assert request.stands
        assert first.request() is not None
    # One that died is asked for no more.
    for _ in range(2):
        clock.now += beacon.STALE_SECONDS + 1
        asks = first.request()
    assert asks is None


def test_a_folder_that_takes_no_beacon_is_only_read_without_locks(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Beacon) -> bool:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Beacon, "create", full)
    claim(cases, NUMBER, ME).release()
    refuse(monkeypatch, errno.ENOLCK)
    with pytest.raises(CannotStore, match="so the case is read-only"):
        claim(cases, NUMBER, ME)


def test_a_process_number_that_was_given_again_is_another_process() -> None:
    me = sessions.this_process()
    assert not me.is_gone()
    assert sessions.Process(me.machine, me.pid, "1").is_gone()
    assert not sessions.Process("another machine", 1, "1").is_gone()
    assert not sessions.Process("", me.pid, "1").is_gone()
    with subprocess.Popen(["true"]) as child:
        child.wait()
    assert sessions.Process(me.machine, child.pid, "").is_gone()


def test_the_beacon_has_nothing_that_others_may_not_see() -> None:
    data = beat_of(ME, has_lock=True).encode().decode()
    assert {line.split(" ")[0] for line in data.splitlines()} == {
        *("who", "host", "pid", "since", "token", "machine", "started", "has_lock", "count")
    }


# ── What lies aside ──


@contextmanager
def apart(cases: Path, *texts: str) -> Iterator[list[CaseFile]]:
    """As many sessions as texts, each of which has written its own while the file changed."""
    (path,) = saved(cases, a_complete_case())
    files = [open_case(path) for _ in texts]
    path.write_bytes(encode(edits.set_summary(a_complete_case(), "theirs")))
    for file, text in zip(files, texts, strict=True):
        with pytest.raises(ChangedElsewhere):
            file.save(edits.set_summary(a_complete_case(), text))
    yield files


def summary_aside(file: CaseFile) -> str:
    mine = file.mine()
    assert mine is not None
    return mine.summary.text


def kept(cases: Path) -> set[str]:
    """Every summary that the folder keeps."""
    paths = [*cases.glob("*.toml"), *cases.glob(".imr/*/*.toml"), *cases.glob(".imr/*/*/*.toml")]
    return {open_case_summary(path) for path in paths}


def open_case_summary(path: Path) -> str:
    from imr_tui.store.cases.case_codec import decode

    return decode(path.read_bytes(), path).summary.text


def test_each_session_has_a_file_of_its_own(cases: Path) -> None:
    texts = ("one", "two", "three")
    with apart(cases, *texts):
        assert kept(cases) >= {*texts, "theirs"}
        assert len(list(cases.glob(".imr/aside/*.toml"))) == 3


def test_the_texts_of_all_are_listed_and_the_newest_is_offered(cases: Path) -> None:
    with apart(cases, "one", "two", "three"):
        for at, path in enumerate(sorted(cases.glob(".imr/aside/*.toml"))):
            os.utime(path, (1000 + at, 1000 + at))
        again = open_case(cases / f"{NUMBER}.toml")
        assert again.is_apart
        assert len(again.asides) == 3
        mine = again.mine()
        assert mine is not None
        newest = max(again.asides, key=lambda path: path.stat().st_mtime)
        assert mine.summary.text == open_case_summary(newest)


@pytest.mark.parametrize("insists", [True, False])
def test_what_is_not_chosen_becomes_a_version(cases: Path, insists: bool) -> None:
    with apart(cases, "one", "two", "three"):
        again = open_case(cases / f"{NUMBER}.toml")
        case = edits.set_summary(a_complete_case(), "three and on")
        if insists:
            again.overwrite(case)
        else:
            again.take_theirs(case)
        assert kept(cases) >= {"one", "two", "three", "three and on", "theirs"}
        assert not list(cases.glob(".imr/aside/*"))
        assert not open_case(cases / f"{NUMBER}.toml").is_apart
        events = {version.event for version in Folder(cases).versions(NUMBER).all()}
        assert Event.ASIDE in events


@pytest.mark.parametrize("insists", [True, False])
def test_a_session_that_lives_loses_nothing_to_another_ones_choice(
    cases: Path, insists: bool
) -> None:
    with apart(cases, "one", "two") as (one, two):
        case = edits.set_summary(a_complete_case(), "one")
        one.overwrite(case) if insists else one.take_theirs(case)
        assert two.aside.exists()
        assert summary_aside(two) == "two"
        with pytest.raises(ChangedElsewhere):
            two.save(edits.set_summary(case, "two and on"))
        assert kept(cases) >= {"one", "two and on", "theirs"}


def test_a_text_that_was_taken_over_and_goes_on_is_kept(cases: Path) -> None:
    with apart(cases, "one") as (one,):
        again = open_case(cases / f"{NUMBER}.toml")
        with pytest.raises(ChangedElsewhere):
            one.save(edits.set_summary(a_complete_case(), "one and on"))
        again.overwrite(edits.set_summary(a_complete_case(), "again"))
        with pytest.raises(ChangedElsewhere):
            one.save(edits.set_summary(a_complete_case(), "one and more"))
        assert kept(cases) >= {"one and on", "one and more", "again", "theirs"}


def test_a_text_of_an_earlier_version_is_offered(cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    aside = cases / ".imr" / "aside" / f"{NUMBER}.toml"
    aside.parent.mkdir(parents=True)
    aside.write_bytes(encode(edits.set_summary(a_complete_case(), "earlier")))
    file = open_case(path)
    mine = file.mine()
    assert mine is not None
    assert mine.summary.text == "earlier"
    file.take_theirs(mine)
    assert not aside.exists()
    assert "earlier" in kept(cases)


def test_a_file_that_cannot_be_read_hides_no_other(cases: Path) -> None:
    with apart(cases, "one") as (one,):
        broken = one.aside.with_name(f"{NUMBER}@a-1-b-1.toml")
        broken.write_bytes(b"half of a")
        file = open_case(cases / f"{NUMBER}.toml")
        mine = file.mine()
        assert mine is not None
        assert mine.summary.text == "one"
        file.overwrite(mine)
        versions = Folder(cases).versions(NUMBER).all()
        assert b"half of a" in [version.path.read_bytes() for version in versions]


def test_a_case_whose_number_begins_like_another_ones(cases: Path) -> None:
    with apart(cases, "one"):
        assert len(asides.asides(cases, NUMBER)) == 1
        assert asides.asides(cases, NUMBER[:-1]) == []
        assert asides.asides(cases, f"{NUMBER}.a") == []


# ── What else hangs on locks ──


@pytest.mark.parametrize("number", REFUSALS)
def test_a_text_in_an_editor_is_seen(
    cases: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    refuse(monkeypatch, number)
    folder = Folder(cases)
    private = put_out(folder, "As it was.", NUMBER, "summary", NOW)
    private.path.write_text("Half a thought.")
    assert list(left_behind(folder)) == []
    for day in range(4):
        tidy(folder, Retention(1), NOW + timedelta(days=day), Uptime("", 0.0))
    assert private.path.exists()


def test_a_file_that_is_being_written_is_no_leftover_without_locks(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, errno.ENOLCK)
    path = cases / f".{NUMBER}.toml.1.0123abcd.tmp"
    path.write_bytes(b"half")
    now = path.stat().st_mtime
    os.utime(path, (now - 60, now - 60))
    assert list(leftovers(cases)) == []
    os.utime(path, (now - 7200, now - 7200))
    # It got its name just now: it may be the old text of a save.
    assert list(leftovers(cases)) == []
    monkeypatch.setattr(time, "time", lambda: now + 7200)
    assert list(leftovers(cases)) == [path]

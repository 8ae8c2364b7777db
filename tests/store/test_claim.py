"""The claim on a case: one session has it, a dead one has nothing, a living one can be asked."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore
from imr_tui.store.locking.claim import ask, claim, holder
from imr_tui.store.locking.holder import Held, Holder, this_session
from tests.builders import NOW, NUMBER, descriptors

ME = Holder(who="drjane", host="ward-3", pid=1, since=NOW)
OTHER = Holder(who="drjoe", host="home", pid=2, since=NOW)

HOLDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import this_session
held = claim(Path(sys.argv[1]), sys.argv[2], this_session(datetime.now(UTC)))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(cases: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has the claim until its standard input ends."""
    command = [sys.executable, "-c", HOLDING, str(cases), NUMBER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_second_session_is_told_who_has_it(cases: Path) -> None:
    first = claim(cases, NUMBER, ME)
    with pytest.raises(Held) as caught:
        claim(cases, NUMBER, OTHER)
    assert caught.value.holder == ME
    since = NOW.astimezone().strftime("%Y-%m-%d %H:%M")
    assert f"drjane on ward-3 since {since} has {NUMBER} open." in str(caught.value)
    assert caught.value.exit_code == 5
    first.release()
    assert claim(cases, NUMBER, OTHER).is_held


def test_another_case_is_free(cases: Path) -> None:
    claim(cases, NUMBER, ME)
    assert claim(cases, "CM26-0000002", OTHER).is_held


def test_released_twice_closes_nothing_else(cases: Path) -> None:
    first = claim(cases, NUMBER, ME)
    first.release()
    (cases / "other").touch()
    descriptor = os.open(cases / "other", os.O_RDONLY)
    first.release()
    assert os.fstat(descriptor)
    os.close(descriptor)
    assert not first.is_held


def test_a_refused_claim_leaves_no_descriptor(cases: Path) -> None:
    first = claim(cases, NUMBER, ME)
    before = descriptors()
    with pytest.raises(Held):
        claim(cases, NUMBER, OTHER)
    assert descriptors() == before
    first.release()


def test_who_has_it_can_be_seen(cases: Path) -> None:
    assert holder(cases, NUMBER) is None
    first = claim(cases, NUMBER, ME)
    assert holder(cases, NUMBER) == ME
    first.release()
    assert holder(cases, NUMBER) is None
    assert claim(cases, NUMBER, OTHER).is_held


@pytest.mark.process
def test_a_killed_process_holds_nothing(cases: Path) -> None:
    with another_process(cases) as process:
        with pytest.raises(Held) as caught:
            claim(cases, NUMBER, ME)
        assert caught.value.holder.pid == process.pid
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert claim(cases, NUMBER, ME).is_held


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe", b"who = 3", b"[[[", b'who = "x"\nhost = "y"\nnew = 1\n', b"x" * 9000]
)
def test_what_the_lock_file_says_is_only_for_people(cases: Path, text: bytes) -> None:
    first = claim(cases, NUMBER, ME)
    (path,) = (cases / ".imr" / "locks").iterdir()
    path.write_bytes(text)
    with pytest.raises(Held, match=r" has .* open"):
        claim(cases, NUMBER, OTHER)
    first.release()
    assert claim(cases, NUMBER, OTHER).is_held


def test_a_link_in_its_place_is_not_followed(cases: Path, tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine")
    (cases / ".imr" / "locks").mkdir(mode=0o700, parents=True)
    (cases / ".imr" / "locks" / f"{NUMBER}.lock").symlink_to(tmp_path / "target")
    with pytest.raises(CannotStore):
        claim(cases, NUMBER, ME)
    assert (tmp_path / "target").read_text() == "mine"


def test_who_wants_it_can_ask_and_be_refused(cases: Path) -> None:
    first = claim(cases, NUMBER, ME)
    assert first.request() is None
    request = ask(cases, NUMBER, OTHER)
    assert first.request() == OTHER
    assert request.stands
    first.refuse()
    assert not request.stands
    assert first.request() is None
    request.withdraw()
    request = ask(cases, NUMBER, OTHER)
    with pytest.raises(Held, match=r"^drjoe on home since"):
        ask(cases, NUMBER, ME)
    request.withdraw()
    request.withdraw()
    assert first.request() is None
    assert not request.stands


def test_a_dead_session_asks_for_nothing(cases: Path) -> None:
    first = claim(cases, NUMBER, ME)
    request = ask(cases, NUMBER, OTHER)
    path = cases / ".imr" / "locks" / f"{NUMBER}.asked"
    left = path.read_bytes()
    request.withdraw()
    # As a killed process leaves it: the file, and no lock on it.
    path.write_bytes(left)
    os.utime(path, (0, 0))
    assert first.request() is None
    assert not path.exists()


def test_this_session_names_account_machine_and_process() -> None:
    me = this_session(NOW)
    assert me.who
    assert me.host
    assert (me.pid, me.since) == (os.getpid(), NOW)
